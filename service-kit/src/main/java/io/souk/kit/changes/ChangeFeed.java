package io.souk.kit.changes;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.souk.kit.context.OwnContext;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.outbox.ProducedAggregates;
import io.souk.kit.problem.Problem;
import io.souk.kit.stop.Background;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import static io.souk.kit.problem.KitProblem.TOO_MANY_REQUESTS;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/** Reads the service's changes for whoever asks: from memory where it can, else from the log; waits for more where asked to. */
@ApplicationScoped
class ChangeFeed implements Background {
    /** Until the ends of the topics are known: some hundred milliseconds the first time, nothing later. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Of those who read from the log at the same time: as many as its queue takes, each tenant an eighth. */
    private static final int MAX_READING_PER_TENANT = LogReaders.QUEUE / 8;

    private final Vertx vertx;
    private final LogReaders log;
    private final Tail.Tools tools;
    private final TenantSlots reading = new TenantSlots(LogReaders.QUEUE, MAX_READING_PER_TENANT);
    private final TenantSlots following;
    private @Nullable Tail tail;
    private volatile boolean ending;

    ChangeFeed(
            @ConfigProperty(name = "souk.service") String service,
            @All List<ProducedAggregates> produced,
            ChangesConfig config,
            EventsConfig events,
            KafkaSettings kafka,
            Topics topics,
            EventHealth health,
            LogReaders log,
            Vertx vertx,
            MeterRegistry metrics) {
        var aggregates = produced.stream()
                .flatMap(some -> some.types().stream())
                .sorted(Comparator.comparing(AggregateType::name))
                .toList();
        this.vertx = vertx;
        this.log = log;
        tools = new Tail.Tools(service, aggregates, config, events, kafka, topics, health);
        following = new TenantSlots(config.maxFollowers(), config.maxFollowersPerTenant());
        metrics.gauge("souk.changes.followers", following, TenantSlots::taken);
    }

    List<AggregateType> aggregates() {
        return tools.aggregates();
    }

    /** The places of those who wait or stream. */
    TenantSlots following() {
        return following;
    }

    /** Whether nobody should wait any more, because the service stops. */
    boolean ending() {
        return ending;
    }

    /** The tenant's events of these aggregates; of all when there are none. */
    Wanted wanted(TenantId tenant, Set<AggregateType> of) {
        var topics = new BitSet(aggregates().size());
        for (int topic = 0; topic < aggregates().size(); topic++) {
            topics.set(topic, of.isEmpty() || of.contains(aggregates().get(topic)));
        }
        return new Wanted(tenant, topics);
    }

    /** Where somebody begins; 503 when Kafka does not answer. */
    Uni<Place> place(StartAt start) {
        return open().map(recent -> switch (start) {
            case StartAt.Now _ -> recent.end();
            case StartAt.Beginning _ -> Place.at(Positions.start(recent.topics()));
            case StartAt.After(var cursor) -> Place.at(cursor.positions(recent.topics()));
        });
    }

    /**
     * The next events behind a place. When there are none it waits for some until the deadline, which may be over already.
     * Comes back in the caller's own context; 429 when too many read from the log, 503 when Kafka does not answer.
     *
     * @param deadline as from {@link System#nanoTime}
     */
    Uni<Batch> read(Wanted wanted, Place place, int limit, long deadline) {
        return open().chain(recent -> read(recent, wanted, place, limit, deadline));
    }

    private Uni<Batch> read(Recent recent, Wanted wanted, Place place, int limit, long deadline) {
        @Nullable Batch found = recent.read(wanted, place, limit);
        if (found == null) {
            return fromLog(recent, wanted, place, limit)
                    .chain(batch -> isAnswer(batch, deadline)
                            ? Uni.createFrom().item(new Batch(batch.events(), batch.place(), true))
                            : read(wanted, batch.place(), limit, deadline));
        }
        if (!found.events().isEmpty() || isOver(deadline)) {
            return Uni.createFrom().item(found);
        }
        return await(recent, wanted, found.place(), deadline)
                .chain(next -> ending
                        ? Uni.createFrom().item(new Batch(List.of(), next, false))
                        : read(wanted, next, limit, deadline));
    }

    /** Something, or as much as may be done now; where the log is read to its end, memory may have more. */
    private boolean isAnswer(Batch batch, long deadline) {
        return !batch.events().isEmpty() || (batch.more() && isOver(deadline));
    }

    private boolean isOver(long deadline) {
        return ending || System.nanoTime() - deadline >= 0;
    }

    private Uni<Batch> fromLog(Recent recent, Wanted wanted, Place place, int limit) {
        return Uni.createFrom().deferred(() -> {
            var slot = reading.take(wanted.tenant())
                    .orElseThrow(() -> TOO_MANY_REQUESTS
                            .because("Too many read older changes at the moment")
                            .retryAfter(RETRY_AFTER));
            return Uni.createFrom()
                    .completionStage(() -> log.read(wanted, place.positions(), recent.beginning(), limit))
                    .onFailure(failure -> failure instanceof KafkaException
                            || failure instanceof RejectedExecutionException) // the service stops
                    .transform(_ -> unavailable())
                    .onTermination()
                    .invoke(slot::release)
                    .emitOn(OwnContext.executor());
        });
    }

    private Uni<Place> await(Recent recent, Wanted wanted, Place place, long deadline) {
        return Uni.createFrom()
                .<Place>emitter(emitter -> {
                    var waiter = recent.await(wanted, place, () -> emitter.complete(place));
                    if (waiter == null) {
                        emitter.complete(place);
                        return;
                    }
                    long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
                    long timer = vertx.setTimer(millis, _ -> emitter.complete(recent.leave(waiter, place)));
                    emitter.onTermination(() -> {
                        vertx.cancelTimer(timer);
                        recent.leave(waiter, place);
                    });
                })
                .emitOn(OwnContext.executor());
    }

    private Uni<Recent> open() {
        return Uni.createFrom().deferred(() -> {
            var opened = use();
            if (opened.isDone() && !opened.isCompletedExceptionally()) {
                return Uni.createFrom().item(opened.join());
            }
            return Uni.createFrom()
                    .completionStage(opened.copy()) // who goes away cancels the copy
                    .ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .onFailure()
                    .transform(_ -> unavailable())
                    .emitOn(OwnContext.executor());
        });
    }

    private synchronized CompletableFuture<Recent> use() {
        if (ending) {
            throw unavailable();
        }
        @Nullable CompletableFuture<Recent> opened = tail == null ? null : tail.use();
        if (opened == null) {
            var next = new Tail(tools);
            tail = next;
            next.start();
            opened = next.opened();
        }
        return opened;
    }

    private static Problem unavailable() {
        return UNAVAILABLE.because("The changes cannot be read at present").retryAfter(RETRY_AFTER);
    }

    /** First of all: streams and waiting requests end while the service still answers. */
    void endFollowing(@Observes ShutdownDelayInitiatedEvent stopping) {
        stop();
    }

    @Override
    public synchronized void stop() {
        ending = true;
        if (tail != null) {
            tail.stop();
        }
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        @Nullable Tail last;
        synchronized (this) {
            last = tail;
        }
        if (last != null) {
            last.awaitEnd(most);
        }
    }
}
