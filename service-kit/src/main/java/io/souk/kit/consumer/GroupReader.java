package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.ReaderThread.Run;
import io.souk.kit.consumer.Waiting.Abandoned;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventRecords;
import io.souk.kit.protocol.Position;
import io.souk.kit.tenant.TenantId;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reads for an {@link EventConsumer} as a member of its group: poll, apply tenant by tenant, and now and then, when all of it is
 * committed, move the position in the own database. A poll's records are all applied before the next poll's are looked at, which
 * is what keeps their order.
 */
final class GroupReader<T> extends KafkaReader<T> {
    /** A member that leaves its group lets the others go on at once. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

    /**
     * With the wait for the next poll a watermark may be half a second older, a fourth of the bound of 2 s, which costs nobody a
     * read; and what is applied twice after a crash does nothing. A transaction per poll would keep the next event waiting.
     */
    private static final Duration BETWEEN_MOVES = Duration.ofMillis(200);

    /** Records that lie at hand until then. */
    private static final int MOST_AT_HAND = 1_000;

    private final EventConsumer<T> consumer;
    private final SourcePositions positions;
    private long movedAt = System.nanoTime();

    GroupReader(EventConsumer<T> consumer, SourcePositions positions, ReaderTools tools) {
        super(consumer.source(), consumer.stateType(), tools, doubting(consumer, tools), LEAVE_WITHIN);
        this.consumer = consumer;
        this.positions = positions;
    }

    /** Before the record is given up, so that whoever finds it in the dead letters finds nothing that vouches for it. */
    private static Persistence.Grave doubting(EventConsumer<?> consumer, ReaderTools tools) {
        return (record, failure) ->
                doubt(consumer, tools, record).thenCompose(_ -> tools.grave().bury(record, failure));
    }

    private static CompletableFuture<Void> doubt(
            EventConsumer<?> consumer, ReaderTools tools, ConsumerRecord<byte[], byte[]> record) {
        var key = EventRecords.findKey(record);
        return key == null
                ? CompletableFuture.completedFuture(null)
                : tools.handlers()
                        .run(null, () -> consumer.doubt(key, EventRecords.findOrder(consumer.source(), record)));
    }

    @Override
    void read(Consumer<byte[], byte[]> kafka, Run run) {
        var membership = new Membership(kafka);
        kafka.subscribe(Set.of(topics().of(consumer.source())), membership);
        try {
            while (!run.stopping()) {
                place(kafka, membership, run);
                process(kafka, membership, poll(kafka), run);
            }
            settle(kafka, membership, run);
        } catch (Abandoned _) {
            // The service stops; the database says where to go on.
        }
        membership.show();
    }

    /** Puts the client where the database says. */
    private void place(Consumer<byte[], byte[]> kafka, Membership membership, Run run) throws Abandoned {
        while (!membership.isPlaced()) {
            var found = new ConcurrentHashMap<Integer, Position>();
            var waiting = waiting(kafka, run::stopping);
            try {
                insist(() -> positions.find(consumer.name(), consumer.source()).invoke(found::putAll), waiting);
            } finally {
                waiting.done();
            }
            membership.found(found);
        }
    }

    private void process(
            Consumer<byte[], byte[]> kafka, Membership membership, ConsumerRecords<byte[], byte[]> records, Run run) {
        var decoded = decode(records);
        membership.polled(records);
        if (decoded.isEmpty() && !isToMove(membership)) {
            return;
        }
        var waiting = waiting(kafka, () -> membership.lostSome() || run.overdue());
        try {
            for (var stretch : decoded.stretches()) {
                apply(stretch, waiting);
            }
            if (isToMove(membership)) {
                move(membership, waiting);
            }
            applied(decoded);
        } catch (Abandoned _) {
            membership.abandoned();
        } finally {
            waiting.done();
        }
    }

    /** What is no event may put an aggregate in doubt: after what came before it, and until what comes behind it. */
    private void apply(Stretch<T> stretch, Waiting waiting) throws Abandoned {
        for (var events : byTenant(stretch.events()).values()) {
            persistence.apply(events, this::handle, waiting);
        }
        if (stretch.end() != null) {
            bury(stretch.end(), waiting);
        }
    }

    private boolean isToMove(Membership membership) {
        int atHand = membership.atHand();
        return atHand > 0 && (atHand >= MOST_AT_HAND || System.nanoTime() - movedAt >= BETWEEN_MOVES.toNanos());
    }

    /** Whoever goes on here shall not have to apply again what was applied last. */
    private void settle(Consumer<byte[], byte[]> kafka, Membership membership, Run run) throws Abandoned {
        if (membership.atHand() == 0) {
            return;
        }
        var waiting = waiting(kafka, run::overdue);
        try {
            move(membership, waiting);
        } finally {
            waiting.done();
        }
    }

    /** All at hand is committed: the positions move behind it. */
    private void move(Membership membership, Waiting waiting) throws Abandoned {
        var applied = membership.toApply();
        Set<Integer> moved = ConcurrentHashMap.newKeySet();
        insist(() -> positions.move(consumer.name(), consumer.source(), applied).invoke(moved::addAll), waiting);
        membership.applied(applied, moved);
        movedAt = System.nanoTime();
    }

    private void insist(Supplier<Uni<?>> work, Waiting waiting) throws Abandoned {
        persistence.insist(() -> handlers().run(null, () -> work.get().replaceWithVoid()), waiting);
    }

    /** The events by tenant, each tenant's in the order of the topic. */
    private Map<TenantId, List<Received<T>>> byTenant(List<Received<T>> events) {
        var byTenant = new LinkedHashMap<TenantId, List<Received<T>>>();
        for (var received : events) {
            byTenant.computeIfAbsent(received.event().envelope().tenant(), _ -> new ArrayList<>())
                    .add(received);
        }
        return byTenant;
    }

    private CompletableFuture<Void> handle(List<Received<T>> received) {
        List<ChangeEvent<T>> events = received.stream().map(Received::event).toList();
        var tenant = events.getFirst().envelope().tenant();
        return handlers().run(Handlers.traceparent(received), () -> consumer.apply(tenant, events));
    }
}
