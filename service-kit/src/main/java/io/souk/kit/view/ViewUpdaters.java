package io.souk.kit.view;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.consumer.DeadLetters;
import io.souk.kit.consumer.GroupMember;
import io.souk.kit.consumer.ReaderMetrics;
import io.souk.kit.consumer.ReaderThread;
import io.souk.kit.consumer.ReadersConfig;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.UpdaterRules;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.stop.Background;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;

/** Runs the updater of a service that has views: group {@code <service>-views-<layout>}. */
@Singleton
final class ViewUpdaters implements Background {
    /** Names the updater to an operator. */
    static final String NAME = "views";

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** No reader or writer goes by the generation that is being built. */
    private static final Duration NEVER = Duration.ofDays(1_000);

    /** While an updater pauses, watermarks stand still and readers go to the tables. */
    private static final Duration MOST_PAUSE = Duration.ofSeconds(1);

    private final ViewLoader loader;
    private final HintEntries hints;
    private final AuditSample sample;
    private final PipelinedRedis redis;
    private final List<ReaderThread> threads;
    private final Supplier<CacheRebuild> rebuild;
    private final Supplier<Consumer<byte[], byte[]>> client;

    ViewUpdaters(
            @ConfigProperty(name = "souk.service") String service,
            ViewKinds kinds,
            GenerationStore store,
            Generations generations,
            AppliedLog log,
            ViewLoader loader,
            HintEntries hints,
            AuditSample sample,
            PipelinedRedis redis,
            RedisConfig redisConfig,
            EntryMaker maker,
            ViewClock clock,
            UpdaterMetrics metrics,
            KafkaSettings kafka,
            EventsConfig events,
            ReadersConfig config,
            Topics topics,
            EventHealth health,
            DeadLetters deadLetters,
            MeterRegistry registry) {
        this.loader = loader;
        this.hints = hints;
        this.sample = sample;
        this.redis = redis;
        var tools = new UpdaterWork.Tools(
                store,
                generations,
                log,
                deadLetters::bury,
                health,
                clock,
                metrics,
                kinds,
                topics::of,
                events.partitions(),
                // half of what the connection holds: the rest is for whoever else uses it
                Math.max(1, redisConfig.inFlight() / 2));
        var settings = kafka.consumer(service + "-" + NAME, config.batch());
        GroupMember.join(settings, service + "-" + NAME + "-" + kinds.layout());
        settings.put(
                AUTO_OFFSET_RESET_CONFIG, "none"); // a position that the log does not have says that it is another log
        var rules = new UpdaterRules(events.tombstoneRetention(), LOOK_AGAIN);
        var feeding = new LogFeed.Tools(kinds, maker, clock, topics, config.poll(), MOST_PAUSE);
        threads = kinds.all().isEmpty()
                ? List.of()
                : List.of(new ReaderThread(
                        new CacheUpdater(
                                KafkaPromises.ofConsumer(settings),
                                rules,
                                feeding,
                                new UpdaterWork(NAME, tools, LOOK_AGAIN, this::aside),
                                health,
                                new ReaderMetrics(registry, NAME)),
                        config,
                        health));
        rebuild = () -> new CacheRebuild(
                feeding,
                // half of the rest, so that neither the updater nor others find the connection full
                new UpdaterWork(
                        "rebuild of views",
                        tools.withSlice(Math.max(1, redisConfig.inFlight() / 4)),
                        NEVER,
                        this::note),
                rules,
                store,
                generations,
                log,
                events.partitions());
        client = () -> {
            var alone = kafka.consumer(service + "-" + NAME + "-rebuild", config.batch());
            alone.put(AUTO_OFFSET_RESET_CONFIG, "none");
            return new KafkaConsumer<>(KafkaPromises.ofConsumer(alone));
        };
    }

    /** Builds a generation beside the present one and publishes it, as {@link CacheRebuild#run} does. Blocks its thread. */
    @Nullable
    Generation rebuild(BooleanSupplier stopped, LongConsumer behind) {
        return rebuild.get().run(client.get(), stopped, behind);
    }

    void start(@Observes StartupEvent started) {
        threads.forEach(ReaderThread::start);
    }

    @Override
    public void stop() {
        threads.forEach(ReaderThread::stop);
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        for (var thread : threads) {
            thread.awaitEnd(most);
        }
    }

    /** Whoever asks from now on must not be given what was read before; and what the version vouches for is noted. */
    private List<Future<?>> aside(Keyspace names, EntryUpdate update) {
        var key = update.key();
        update.entries().forEach(made -> {
            loader.changed(made.kind(), key.tenant(), key.aggregateId());
            sample.changed(new ViewKey(made.kind().name(), key.tenant(), key.aggregateId()));
        });
        return note(names, update);
    }

    private List<Future<?>> note(Keyspace names, EntryUpdate update) {
        var key = update.key();
        return hints.put(redis.background(), names, key.tenant(), key.aggregateId(), update.hints());
    }
}
