package io.souk.catalog;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Tells of stock as the inventory would. */
public final class StockTopic {
    private static final AggregateType STOCK = new AggregateType("inventory", "stock");

    private final String tenant;

    public StockTopic(String tenant) {
        this.tenant = tenant;
    }

    /** A level of a variant at some location, at that version. */
    public void level(UUID id, long version, String variant, long available) {
        level(id, version, variant, available, available);
    }

    /** As {@link #level(UUID, long, String, long)}, of which some units are held or not for sale. */
    public void level(UUID id, long version, String variant, long onHand, long available) {
        send(id, version, ChangeKind.CHANGED, """
                {"id": "%s", "version": %d, "variantId": "%s", "sku": "any", "locationId": "%s", "onHand": %d,
                 "reserved": %d, "available": %d, "changed": ["onHand"]}
                """.formatted(
                        id, version, variant, Ids.next(), onHand, onHand - available, available));
    }

    public void deleted(UUID id, long version) {
        send(id, version, ChangeKind.DELETED, "{\"id\": \"%s\", \"version\": %d}".formatted(id, version));
    }

    public void poison(UUID id) {
        poison(id, 1);
    }

    public void poison(UUID id, long version) {
        send(id, version, ChangeKind.CHANGED, "{\"variantId\": \"no id\"}");
    }

    /** As {@link #level}, with the key of this tenant and the header of another. */
    public void forged(UUID id, long version) {
        var record = record(id, version, ChangeKind.CHANGED, "{}");
        record.headers().remove("ce_tenant").add("ce_tenant", "nobody".getBytes(StandardCharsets.UTF_8));
        send(record);
    }

    /** Some id whose events come behind those of this one. */
    public UUID behind(UUID id) {
        var other = Ids.next();
        while (shard(other) != shard(id)) {
            other = Ids.next();
        }
        return other;
    }

    /** Says that all that will be committed for an hour is told already. */
    public static void allIsTold() {
        var config = ConfigProvider.getConfig();
        long soon = (System.currentTimeMillis() + 3_600_000) * 1_000;
        for (int shard = 0; shard < config.getValue("souk.events.partitions", Integer.class); shard++) {
            send(Heartbeats.encode(topic(), shard, STOCK.service(), Watermarks.own(soon)));
        }
    }

    private static String topic() {
        return STOCK.topic(ConfigProvider.getConfig().getValue("souk.events.topic-prefix", String.class));
    }

    private void send(UUID id, long version, ChangeKind kind, @Nullable String data) {
        send(record(id, version, kind, data));
    }

    private int shard(UUID id) {
        var partitions = ConfigProvider.getConfig().getValue("souk.events.partitions", Integer.class);
        return new EventKey(new TenantId(tenant), id).shard(partitions);
    }

    private ProducerRecord<byte[], byte[]> record(UUID id, long version, ChangeKind kind, @Nullable String data) {
        var owner = new TenantId(tenant);
        return EventRecords.encode(
                topic(),
                shard(id),
                new Envelope(Ids.next(), STOCK, owner, id, new Order(1, version), Instant.now(), null, null),
                STOCK.eventType(kind),
                data == null ? null : data.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        var config = ConfigProvider.getConfig();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", config.getValue("kafka.bootstrap.servers", String.class), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException unsent) {
            throw new IllegalStateException(unsent);
        }
    }
}
