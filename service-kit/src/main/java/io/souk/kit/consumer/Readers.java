package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.stop.Background;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the service's consumers and tails, from its start to its end, each on a thread of its own. */
@ApplicationScoped
class Readers implements Background {
    private final String service;
    private final ReadersConfig config;
    private final EventsConfig events;
    private final KafkaSettings kafka;
    private final Topics topics;
    private final EventHealth health;
    private final DeadLetters deadLetters;
    private final SourcePositions positions;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final List<ReaderThread> threads;

    Readers(
            @ConfigProperty(name = "souk.service") String service,
            @All List<EventConsumer<?>> consumers,
            @All List<TailConsumer<?>> tails,
            ReadersConfig config,
            EventsConfig events,
            KafkaSettings kafka,
            Topics topics,
            EventHealth health,
            DeadLetters deadLetters,
            SourcePositions positions,
            ObjectMapper json,
            Vertx vertx,
            MeterRegistry metrics) {
        this.service = service;
        this.config = config;
        this.events = events;
        this.kafka = kafka;
        this.topics = topics;
        this.health = health;
        this.deadLetters = deadLetters;
        this.positions = positions;
        this.json = json;
        this.vertx = vertx;
        this.metrics = metrics;
        refuseTwins(Stream.concat(
                consumers.stream().map(EventConsumer::name), tails.stream().map(TailConsumer::name)));
        threads = Stream.<ReaderThread.Reader>concat(
                        consumers.stream().map(this::reader), tails.stream().map(this::reader))
                .map(reader -> new ReaderThread(reader, config, health))
                .toList();
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
        long deadline = System.nanoTime() + most.toNanos();
        for (var thread : threads) {
            thread.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    private <T> ReaderThread.Reader reader(EventConsumer<T> consumer) {
        var settings = settings(consumer.name());
        GroupMember.join(settings, service + "-" + consumer.name());
        return new GroupReader<>(consumer, positions, tools("consumer ", consumer.name(), settings));
    }

    private <T> ReaderThread.Reader reader(TailConsumer<T> consumer) {
        return new TailReader<>(
                consumer, events.partitions(), tools("tail ", consumer.name(), settings(consumer.name())));
    }

    private ReaderTools tools(String role, String name, Map<String, Object> settings) {
        return new ReaderTools(
                role + name,
                KafkaPromises.ofConsumer(settings),
                config,
                topics,
                health,
                json,
                new Handlers(vertx, name),
                (record, failure) -> deadLetters.bury(name, record, failure),
                new ReaderMetrics(metrics, name));
    }

    private Map<String, Object> settings(String name) {
        return kafka.consumer(service + "-" + name, config.batch());
    }

    /** Two readers of one name would share a group and take each other's events. */
    private static void refuseTwins(Stream<String> names) {
        var seen = new HashSet<String>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw new IllegalStateException("two consumers are named " + name);
            }
        });
    }
}
