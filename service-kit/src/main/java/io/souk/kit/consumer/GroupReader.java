package io.souk.kit.consumer;

import io.souk.kit.consumer.ReaderThread.Run;
import io.souk.kit.consumer.Waiting.Abandoned;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventRecords;
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

/**
 * Reads for an {@link EventConsumer} as a member of its group: poll, apply tenant by tenant, then commit. A poll's records are
 * all applied before the next poll's are looked at, which is what keeps their order.
 */
final class GroupReader<T> extends KafkaReader<T> {
    /** A member that leaves its group lets the others go on at once. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

    private final EventConsumer<T> consumer;

    GroupReader(EventConsumer<T> consumer, ReaderTools tools) {
        super(consumer.source(), consumer.stateType(), tools, doubting(consumer, tools), LEAVE_WITHIN);
        this.consumer = consumer;
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
        while (!run.stopping()) {
            var records = poll(kafka);
            if (records.isEmpty()) {
                membership.retryCommit();
            } else {
                process(kafka, membership, records, run);
            }
        }
        membership.commitNow();
    }

    private void process(
            Consumer<byte[], byte[]> kafka, Membership membership, ConsumerRecords<byte[], byte[]> records, Run run) {
        var decoded = decode(records);
        if (decoded.isEmpty()) {
            membership.passed(records.nextOffsets());
            return;
        }
        var waiting = new PolledWaiting(kafka, () -> membership.lostSome() || run.overdue());
        membership.begin(records.partitions());
        try {
            for (var events : byTenant(decoded.events()).values()) {
                persistence.apply(events, this::handle, waiting);
            }
            bury(decoded.others(), waiting); // last: what was applied before must not outlive the doubt
            membership.applied(records.nextOffsets());
            applied(decoded);
        } catch (Abandoned _) {
            membership.abandoned();
            rewind(kafka, records);
        } finally {
            waiting.done();
        }
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

    /** The partitions that are still ours start again with what was not applied. */
    private static void rewind(Consumer<byte[], byte[]> kafka, ConsumerRecords<byte[], byte[]> records) {
        var ours = kafka.assignment();
        for (var partition : records.partitions()) {
            if (ours.contains(partition)) {
                kafka.seek(partition, records.records(partition).getFirst().offset());
            }
        }
    }
}
