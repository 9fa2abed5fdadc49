package io.souk.orders;

import io.souk.testing.EventLog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Says on Kafka what inventory would say, as documented; the real inventory meets orders in the end-to-end tests. */
final class InventoryEvents {
    private InventoryEvents() {}

    /** One version of a reservation; {@code refused} is a JSON array. */
    static void reservation(String tenant, UUID id, long version, UUID order, String status, String refused) {
        send(tenant, id, version, """
                {"id":"%s","version":%d,"orderId":"%s","status":"%s","lines":[],"refused":%s,"expiresAt":"%s","changed":["status"]}""".formatted(
                        id, version, order, status, refused, Instant.now().plusSeconds(900)));
    }

    /** A record whose body is no reservation. */
    static void poison(String tenant, UUID id) {
        send(tenant, id, 1, "{\"id\": 17, \"status\": [");
    }

    private static void send(String tenant, UUID id, long version, String json) {
        var topic = EventLog.topic("inventory", "reservation");
        var key = tenant + "/" + id;
        var event = new ProducerRecord<>(topic, key, json.getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.nameUUIDFromBytes((key + version).getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        "ce_source",
                        "/souk/inventory",
                        "ce_type",
                        "souk.inventory.reservation.changed.v1",
                        "ce_subject",
                        id.toString(),
                        "ce_time",
                        Instant.now().toString(),
                        "ce_tenant",
                        tenant,
                        "ce_aggregateversion",
                        Long.toString(version),
                        "ce_epoch",
                        "1",
                        "content-type",
                        "application/json")
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (var producer = producer()) {
            producer.send(event).get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static KafkaProducer<String, byte[]> producer() {
        var servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }
}
