package io.souk.orders;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.EventLog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Says on Kafka what inventory would say, as documented; the real inventory meets orders in the end-to-end tests. */
public final class InventoryEvents {
    private static final AggregateType RESERVATION = new AggregateType("inventory", "reservation");

    private InventoryEvents() {}

    /** Once and for all: connecting takes the longest of what is done here. Its threads are daemons. */
    private static final class Connected {
        static final KafkaProducer<byte[], byte[]> PRODUCER = producer();
    }

    /** One version of a reservation; {@code refused} is a JSON array. */
    public static void reservation(String tenant, UUID id, long version, UUID order, String status, String refused) {
        reservation(tenant, id, new Order(1, version), order, status, refused);
    }

    /** One that a client made for itself. */
    static void reservationOfNoOrder(String tenant, UUID id) {
        send(tenant, id, new Order(1, 1), """
                {"id":"%s","version":1,"orderId":null,"status":"OPEN","lines":[],"refused":[],"expiresAt":"%s","changed":["status"]}""".formatted(id, Instant.now().plusSeconds(900)));
    }

    public static void reservation(String tenant, UUID id, Order at, UUID order, String status, String refused) {
        reservation(tenant, id, at, order, status, refused, Instant.now().plusSeconds(900));
    }

    /** A reservation just opened, which runs out then. */
    static void opened(String tenant, UUID id, UUID order, Instant expiresAt) {
        reservation(tenant, id, new Order(1, 1), order, "OPEN", "[]", expiresAt);
    }

    /** JSON, but no reservation that could be followed: it does not say until when it holds. */
    static void withoutEnd(String tenant, UUID id, UUID order) {
        send(tenant, id, new Order(1, 1), """
                {"id":"%s","version":1,"orderId":"%s","status":"OPEN","lines":[],"refused":[],"expiresAt":null,"changed":["status"]}""".formatted(id, order));
    }

    private static void reservation(
            String tenant, UUID id, Order at, UUID order, String status, String refused, Instant expiresAt) {
        send(tenant, id, at, """
                {"id":"%s","version":%d,"orderId":"%s","status":"%s","lines":[],"refused":%s,"expiresAt":"%s","changed":["status"]}""".formatted(id, at.version(), order, status, refused, expiresAt));
    }

    /** The partition of a reservation's events, which are read in their order. */
    static int partition(String tenant, UUID id) {
        return new EventKey(new TenantId(tenant), id).shard(Integer.parseInt(config("souk.events.partitions")));
    }

    /** A new reservation's id in that partition. */
    static UUID inPartition(int partition, String tenant) {
        return Stream.generate(UUID::randomUUID)
                .filter(id -> partition(tenant, id) == partition)
                .findFirst()
                .orElseThrow();
    }

    static UUID inPartitionOf(String tenant, UUID other) {
        return inPartition(partition(tenant, other), tenant);
    }

    /** A record whose body is no reservation. */
    static void poison(String tenant, UUID id) {
        send(tenant, id, new Order(1, 1), "{\"id\": 17, \"status\": [");
    }

    /** The same version of a reservation is the same event. */
    private static void send(String tenant, UUID id, Order at, String json) {
        var key = new EventKey(new TenantId(tenant), id);
        var event = EventRecords.encode(
                EventLog.topic(RESERVATION.service(), RESERVATION.name()),
                partition(tenant, id),
                new Envelope(
                        UUID.nameUUIDFromBytes((key.text() + at.sortable()).getBytes(StandardCharsets.UTF_8)),
                        RESERVATION,
                        key.tenant(),
                        id,
                        at,
                        Instant.now(),
                        null,
                        null),
                RESERVATION.eventType(ChangeKind.CHANGED),
                json.getBytes(StandardCharsets.UTF_8));
        try {
            Connected.PRODUCER.send(event).get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", config("kafka.bootstrap.servers"), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
