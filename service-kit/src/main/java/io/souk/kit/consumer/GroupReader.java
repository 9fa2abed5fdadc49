package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.consumer.ReaderThread.Run;
import io.souk.kit.consumer.Waiting.Abandoned;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.MalformedEvent;
import io.souk.kit.event.Topics;
import io.souk.kit.tenant.TenantId;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.DisconnectException;

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
final class GroupReader<T> implements ReaderThread.Reader {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final EventConsumer<T> consumer;
    private final Map<String, Object> settings;
    private final ReadersConfig config;
    private final Topics topics;
    private final EventHealth health;
    private final EventDecoder<T> decoder;
    private final Handlers handlers;
    private final Persistence persistence;
    private final ReaderMetrics metrics;

    GroupReader(
            EventConsumer<T> consumer,
            Map<String, Object> settings,
            ReadersConfig config,
            Topics topics,
            EventHealth health,
            ObjectMapper json,
            Handlers handlers,
            Persistence.Grave grave,
            ReaderMetrics metrics) {
        this.consumer = consumer;
        this.settings = settings;
        this.config = config;
        this.topics = topics;
        this.health = health;
        this.handlers = handlers;
        this.metrics = metrics;
        decoder = new EventDecoder<>(consumer.source(), consumer.stateType(), json);
        persistence = new Persistence(part(), grave, health, config.maxBackoff());
    }

    @Override
    public String part() {
        return "consumer " + consumer.name();
    }

    @Override
    public void read(Run run) {
        topics.ensure(Set.of(consumer.source()));
        var kafka = new KafkaConsumer<byte[], byte[]>(settings);
        try {
            read(kafka, run);
        } finally {
            kafka.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    private void read(Consumer<byte[], byte[]> kafka, Run run) {
        var membership = new Membership(kafka);
        kafka.subscribe(Set.of(topics.of(consumer.source())), membership);
        while (!run.stopping()) {
            var records = kafka.poll(config.poll());
            metrics.lag(kafka);
            if (records.isEmpty()) {
                idle(kafka);
                membership.retryCommit();
            } else {
                process(kafka, membership, records, run);
            }
        }
        membership.commitNow();
    }

    private void process(
            Consumer<byte[], byte[]> kafka, Membership membership, ConsumerRecords<byte[], byte[]> records, Run run) {
        var waiting = new PolledWaiting(kafka, () -> membership.lostSome() || run.overdue());
        membership.begin(records.partitions());
        try {
            for (var events : byTenant(records, waiting).values()) {
                persistence.apply(events, this::handle, waiting);
            }
            membership.applied(records.nextOffsets());
            metrics.applied(records.count());
        } catch (Abandoned _) {
            membership.abandoned();
            rewind(kafka, records);
        } finally {
            waiting.done();
        }
    }

    private void idle(Consumer<byte[], byte[]> kafka) {
        if (ReaderMetrics.isConnected(kafka)) {
            health.well(part());
        } else {
            health.troubled(part(), new DisconnectException("no connection to Kafka"));
        }
    }

    /** The events by tenant, each tenant's in the order of the topic. What is no event is buried at once. */
    private Map<TenantId, List<Received<T>>> byTenant(ConsumerRecords<byte[], byte[]> records, Waiting waiting)
            throws Abandoned {
        var byTenant = new LinkedHashMap<TenantId, List<Received<T>>>();
        for (var record : records) {
            try {
                var received = decoder.decode(record);
                byTenant.computeIfAbsent(received.event().envelope().tenant(), _ -> new ArrayList<>())
                        .add(received);
            } catch (MalformedEvent | PoisonEvent failure) {
                persistence.bury(record, failure, waiting);
            }
        }
        return byTenant;
    }

    private CompletableFuture<Void> handle(List<Received<T>> received) {
        List<ChangeEvent<T>> events = received.stream().map(Received::event).toList();
        var tenant = events.getFirst().envelope().tenant();
        return handlers.run(Handlers.traceparent(received), () -> consumer.apply(tenant, events));
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
