package io.souk.kit.view;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.context.OwnContext;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisState;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Holds what is in Redis against the tables: some changes after 1, 5 and 60 s, and all entries in turn (the protocol, section 7).
 *
 * <p>What differs may only be on its way, so it is suspected at first. It is wrong if it is still the same when the position
 * beside it says that all is applied that was committed when the tables were read. Then it is repaired, see {@link AuditRepair}.
 * One batch at a time; entries are rendered and compared on a worker thread.
 */
@Singleton
final class CacheAuditor implements Sweep {
    /** By one statement, and compared at one go. */
    private static final int CHUNK = 100;

    /** What is beyond is met again. */
    private static final int MOST_SUSPECTS = 500;

    /** With Kafka down a position stands still, and nothing can be told of a suspect. */
    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /**
     * @param knownMicros whatever the tables were seen to say was committed before
     * @param since when it was first met, by {@link System#nanoTime}
     */
    private record Suspect(Keyspace names, AuditedEntry entry, Fault fault, long knownMicros, long since) {}

    private final AuditConfig config;
    private final ViewKinds kinds;
    private final ViewKeys keys;
    private final Generations generations;
    private final ViewClock clock;
    private final PipelinedRedis redis;
    private final AuditEntries entries;
    private final AuditSample sample;
    private final AuditTurn turn;
    private final AuditRepair repair;
    private final Transactions transactions;
    private List<Suspect> suspects = new ArrayList<>();
    private String cursor = KeyScan.BEGINNING;

    CacheAuditor(
            AuditConfig config,
            ViewKinds kinds,
            ViewKeys keys,
            Generations generations,
            ViewClock clock,
            PipelinedRedis redis,
            AuditEntries entries,
            AuditSample sample,
            AuditTurn turn,
            AuditRepair repair,
            Transactions transactions) {
        this.config = config;
        this.kinds = kinds;
        this.keys = keys;
        this.generations = generations;
        this.clock = clock;
        this.redis = redis;
        this.entries = entries;
        this.sample = sample;
        this.turn = turn;
        this.repair = repair;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "cache-audit";
    }

    @Override
    public Duration pause() {
        return config.rate() == 0
                ? LONGEST_PAUSE
                : Duration.ofMillis(MILLIS_PER_SECOND * KeyScan.LOOKED_AT / config.rate());
    }

    /** Never says that there is more: the pause is what bounds its rate. */
    @Override
    public Uni<Boolean> sweep() {
        var names = generations.copy();
        if (names == null
                || kinds.all().isEmpty()
                || !clock.isTrusted()
                || redis.state() != RedisState.READY
                || (config.rate() == 0 && config.samples() == 0)) {
            return Uni.createFrom().item(false);
        }
        return lookAgain(names)
                .chain(() -> examine(names, sample.due(CHUNK)))
                .chain(() -> config.rate() == 0 ? Uni.createFrom().voidItem() : walk(names))
                .emitOn(OwnContext.executor())
                .replaceWith(false);
    }

    /** One page of all that is there, if it is this replica's turn. */
    Uni<Void> walk(Keyspace names) {
        return turn.take(cursor, LEASE.plus(pause().multipliedBy(2)))
                .chain(from -> from == null
                        ? Uni.createFrom().voidItem()
                        : uni(() -> KeyScan.page(redis.background(), keys.pattern(names), from))
                                .chain(page -> examine(names, entriesOf(page)).invoke(() -> cursor = page.next())));
    }

    private Collection<ViewKey> entriesOf(KeyScan.Page page) {
        return page.names().stream()
                .<ViewKey>mapMulti((name, found) -> {
                    var key = keys.entry(name);
                    if (key != null && kinds.has(key.kind())) {
                        found.accept(key);
                    }
                })
                .collect(Collectors.toSet());
    }

    /** Suspects those that are not as the tables say. Redis is looked at first: what it has by then is committed. */
    Uni<Void> examine(Keyspace names, Collection<ViewKey> wanted) {
        return each(
                chunks(wanted),
                chunk -> uni(() -> entries.look(names, chunk))
                        .map(found -> found.stream()
                                .filter(entry -> !entry.isEmpty())
                                .collect(Collectors.groupingBy(
                                        entry -> entry.key().tenant())))
                        .chain(byTenant -> each(byTenant.values(), some -> compare(names, some))));
    }

    private Uni<Void> compare(Keyspace names, List<AuditedEntry> ofTenant) {
        var byKind = ofTenant.stream().map(AuditedEntry::key).collect(Collectors.groupingBy(ViewKey::kind));
        return transactions
                .<Map<ViewKey, StateAt<?>>>inTenant(ofTenant.getFirst().key().tenant(), tx -> {
                    Uni<Map<ViewKey, StateAt<?>>> states = Uni.createFrom().item(new HashMap<>());
                    for (var some : byKind.entrySet()) {
                        states = states.call(
                                found -> ViewLoader.read(tx, kinds.named(some.getKey()), some.getValue(), found));
                    }
                    return states;
                })
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(states -> {
                    long known = clock.nowMicros() + clock.freshness().skew().toNanos() / NANOS_PER_MICRO;
                    for (var entry : ofTenant) {
                        compare(names, entry, kinds.named(entry.key().kind()), states.get(entry.key()), known);
                    }
                })
                .replaceWithVoid();
    }

    @SuppressWarnings("unchecked") // the key names the kind whose load gave the state
    private <T> void compare(
            Keyspace names, AuditedEntry entry, KnownKind<T> kind, @Nullable StateAt<?> at, long known) {
        kind.metrics().audited();
        var fault = entry.against(kind, (StateAt<T>) at, known);
        if (fault != null && suspects.size() < MOST_SUSPECTS) {
            suspects.add(new Suspect(names, entry, fault, known, System.nanoTime()));
        }
    }

    /** Repairs the suspects that are wrong, forgets those that have changed, and keeps those that may still be on their way. */
    Uni<Void> lookAgain(Keyspace names) {
        var before = suspects;
        suspects = new ArrayList<>();
        var byKey = before.stream()
                .filter(suspect -> suspect.names() == names)
                .collect(Collectors.toMap(suspect -> suspect.entry().key(), suspect -> suspect, (first, _) -> first));
        return each(
                chunks(byKey.keySet()),
                chunk -> uni(() -> entries.look(names, chunk))
                        .chain(found -> each(
                                found, entry -> lookAgain(Objects.requireNonNull(byKey.get(entry.key())), entry))));
    }

    private Uni<Void> lookAgain(Suspect suspect, AuditedEntry now) {
        if (!now.isAs(suspect.entry())) {
            return Uni.createFrom().voidItem();
        }
        if (now.appliedMicros() > suspect.knownMicros()) {
            return repair.of(suspect.names(), suspect.entry(), suspect.fault());
        }
        if (System.nanoTime() - suspect.since() < PATIENCE_NANOS) {
            suspects.add(suspect);
        }
        return Uni.createFrom().voidItem();
    }

    private static List<List<ViewKey>> chunks(Collection<ViewKey> all) {
        var list = List.copyOf(all);
        var chunks = new ArrayList<List<ViewKey>>();
        for (int from = 0; from < list.size(); from += CHUNK) {
            chunks.add(list.subList(from, Math.min(from + CHUNK, list.size())));
        }
        return chunks;
    }

    private static <T> Uni<Void> each(Collection<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .onItem()
                .ignoreAsUni();
    }

    private static <T> Uni<T> uni(Supplier<Future<T>> call) {
        return AsyncResultUni.toUni(done -> call.get().onComplete(done));
    }
}
