package io.souk.bench.reservations;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.stack.StackException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Placed orders of one unit each, told as orders-service tells them; the replicas follow them as fast as they can. */
final class OrderFlood {
    private static final AggregateType ORDER = new AggregateType("orders", "order");
    private static final String TOPIC = "souk.orders.order";
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final HotRow row;
    private final int kafka;
    private final int partitions;

    OrderFlood(HotRow row, int kafka, int partitions) {
        this.row = row;
        this.kafka = kafka;
        this.partitions = partitions;
    }

    /** Reservations a second, from the first one on. */
    double run(int orders) {
        long before = row.reserved();
        send(orders);
        row.awaitReserved(before + 1, LONGEST);
        long begun = System.nanoTime();
        long first = row.reserved();
        row.awaitReserved(before + orders, LONGEST);
        return (before + orders - first) / ((System.nanoTime() - begun) / 1e9);
    }

    private void send(int orders) {
        var lost = new AtomicReference<@Nullable Exception>();
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of("bootstrap.servers", "127.0.0.1:" + kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < orders; i++) {
                var id = UUID.randomUUID();
                var key = new EventKey(new TenantId(row.tenant()), id);
                var envelope = new Envelope(
                        UUID.randomUUID(), ORDER, key.tenant(), id, new Order(1, 1), Instant.now(), null, null);
                var _ = producer.send(
                        EventRecords.encode(
                                TOPIC, key.shard(partitions), envelope, ORDER.eventType(ChangeKind.CHANGED), state(id)),
                        (_, failure) -> lost.compareAndSet(null, failure));
            }
            producer.flush();
        }
        var failure = lost.get();
        if (failure != null) {
            throw new StackException("An order's event was not taken: %s.".formatted(failure.getMessage()), failure);
        }
    }

    private byte[] state(UUID order) {
        return """
                {"id":"%s","version":1,"status":"PLACED","lines":[{"line":0,"variantId":"%s","sku":"%s","quantity":1}]}""".formatted(order, row.variant(), row.sku()).getBytes(StandardCharsets.UTF_8);
    }
}
