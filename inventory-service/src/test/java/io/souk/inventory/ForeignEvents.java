package io.souk.inventory;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.json.JsonObject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Events of other services, written into the real topics as their relay writes them. */
public final class ForeignEvents {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final KafkaProducer<byte[], byte[]> PRODUCER = new KafkaProducer<>(
            Map.of(
                    "bootstrap.servers",
                    config("kafka.bootstrap.servers"),
                    "acks",
                    "all",
                    "linger.ms",
                    "0",
                    "max.block.ms",
                    "20000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private ForeignEvents() {}

    public static UUID changed(AggregateType type, String tenant, UUID id, Order order, JsonObject state) {
        return send(type, tenant, UUID.randomUUID(), id, order, ChangeKind.CHANGED, state.encode());
    }

    public static UUID deleted(AggregateType type, String tenant, UUID id, Order order) {
        var state = new JsonObject().put("id", id.toString()).put("version", order.version());
        return send(type, tenant, UUID.randomUUID(), id, order, ChangeKind.DELETED, state.encode());
    }

    /** The very same event once more, or one whose data may be anything. */
    public static UUID send(
            AggregateType type, String tenant, UUID eventId, UUID id, Order order, ChangeKind kind, String data) {
        var envelope = new Envelope(eventId, type, new TenantId(tenant), id, order, Instant.now(), TRACEPARENT, null);
        send(EventRecords.encode(
                topic(type), shard(tenant, id), envelope, type.eventType(kind), data.getBytes(StandardCharsets.UTF_8)));
        return eventId;
    }

    /** Where the service looks for them. */
    static String topic(AggregateType type) {
        return "%s.%s.%s".formatted(config("souk.events.topic-prefix"), type.service(), type.name());
    }

    /** The partition of an aggregate's events. */
    public static int shard(String tenant, UUID id) {
        return new EventKey(new TenantId(tenant), id).shard(Integer.parseInt(config("souk.events.partitions")));
    }

    private static void send(ProducerRecord<byte[], byte[]> event) {
        try {
            PRODUCER.send(event).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } catch (ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
