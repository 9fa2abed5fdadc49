package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.RelayPace;
import io.souk.kit.protocol.UpdaterRules;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything there is in one schedule, its time and its chances. Not thread-safe; worlds are independent. */
final class World {
    static final Duration BOUND = Duration.ofSeconds(2);
    static final Duration SKEW = Duration.ofMillis(100);
    static final Duration TOMBSTONES = Duration.ofSeconds(8);
    static final long COMPACTION_LAG = 3_000_000;
    static final long LEASE = 3_000_000;
    private static final int WARM_ROUNDS = 12;
    private static final long FIRST = 1_000_000_000;

    /** How a call over the network ends. */
    enum Net {
        DONE,
        NOT_DONE,
        /** It is carried out, and the answer is lost. */
        DONE_UNANSWERED
    }

    final Settings scenario;
    final Set<Protection> off;
    private final Set<Invariant> watched;
    final Dice dice;
    final List<Actor> actors = new ArrayList<>();
    private final List<Actor> turns = new ArrayList<>();
    final List<Service> services = new ArrayList<>();
    final Flight flight;
    final RelayPace pace = new RelayPace(Duration.ofSeconds(1), BOUND.dividedBy(8));
    final UpdaterRules rules;
    final Freshness freshness;
    final @Nullable List<String> trace;
    long now = FIRST;
    long lastCommit = FIRST;
    int step;
    boolean calm;
    private long generations;

    World(Schedule schedule, boolean traced) {
        scenario = schedule.scenario().settings();
        off = schedule.off();
        watched = schedule.watched();
        trace = traced ? new ArrayList<>() : null;
        dice = new Dice(schedule.seed());
        rules = new UpdaterRules(
                off.contains(Protection.TOMBSTONE_LIFE) || off.contains(Protection.FRESH_GENERATION_ID)
                        ? Duration.ofDays(1)
                        : TOMBSTONES,
                off.contains(Protection.LOOK_AGAIN) ? Duration.ofDays(1) : Duration.ofSeconds(1));
        freshness = new Freshness(BOUND, off.contains(Protection.CLOCK_MARGIN) ? Duration.ZERO : SKEW);
        flight = new Flight(this);
        add(flight);
        var first = populate("S", scenario.partitions, null);
        if (scenario.consumer) {
            var second = populate("T", 1, first);
            for (int partition = 0; partition < scenario.partitions; partition++) {
                add(new SourceReader(second, partition, "a"));
            }
            if (scenario.updaters > 1) {
                add(new SourceReader(second, 0, "b"));
            }
        }
    }

    /** Everyone has found his place, and every row was written once. */
    private void warmUp() {
        calm = true;
        for (var actor : List.copyOf(actors)) {
            if (actor instanceof Writer writer) {
                writer.write(dice.below(scenario.keys));
            }
        }
        for (int round = 0; round < WARM_ROUNDS; round++) {
            pass(dice.below(60));
            for (var actor : actors) {
                if (!actor.name.endsWith("b") && actor.isReady()) {
                    run(actor);
                }
            }
        }
        calm = false;
    }

    private Service populate(String name, int partitions, @Nullable Service source) {
        var service = new Service(this, name, partitions, source);
        services.add(service);
        for (int i = 0; i < (source == null ? scenario.writers : 1); i++) {
            add(new Writer(service, name(i)));
        }
        for (int i = 0; i < scenario.relays; i++) {
            add(new Relay(service, name(i)));
        }
        service.hasEntries = scenario.entries && (scenario.sourceEntries || source != null);
        if (service.hasEntries) {
            addEntries(service);
        }
        if (scenario.lists) {
            addLists(service);
        }
        return service;
    }

    void add(Actor actor) {
        actors.add(actor);
        for (int i = 0; i < actor.weight(); i++) {
            turns.add(dice.below(turns.size() + 1), actor);
        }
    }

    private static String name(int i) {
        return String.valueOf((char) ('a' + i));
    }

    private void addEntries(Service service) {
        for (int shard = 0; shard < service.log.partitions.length; shard++) {
            service.cache.place(service.generation(), shard, false, Position.START);
            for (int i = 0; i < scenario.updaters; i++) {
                add(new Updater(service, shard, false, name(i), null));
            }
        }
        var ahead = new Replica(service, SKEW.toNanos() / 1_000);
        var behind = new Replica(service, -SKEW.toNanos() / 1_000);
        for (int i = 0; i < scenario.readers; i++) {
            add(new Reader(i == 1 ? ahead : behind, name(i)));
        }
        if (scenario.rebuilds > 0) {
            add(new Rebuilder(service));
        }
    }

    private void addLists(Service service) {
        for (int shard = 0; shard < service.log.partitions.length; shard++) {
            service.cache.place(service.generation(), shard, true, Position.START);
            add(new Updater(service, shard, true, "a", null));
        }
        add(new ListReader(new Replica(service, SKEW.toNanos() / 1_000), "a"));
        add(new ListReader(new Replica(service, -SKEW.toNanos() / 1_000), "b"));
    }

    /** Runs this many steps, then lets everything come to rest and looks at what is left. */
    void run(int steps) {
        if (!dice.oneIn(4)) {
            warmUp();
        }
        services.forEach(service -> service.cache.replicate());
        for (step = 0; step < steps; step++) {
            pass(dice.oneIn(scenario.leaps) ? dice.between(200, 2_500) : dice.below(40));
            if (!Faults.strike(this)) {
                takeTurn();
            }
        }
        Rest.of(this);
    }

    private void takeTurn() {
        int first = dice.below(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            var actor = turns.get((first + i) % turns.size());
            if (step >= actor.pausedUntil && actor.isReady()) {
                run(actor);
                boolean late = actor.isDelicate() && (scenario.late == null || scenario.late.isInstance(actor));
                if (strikes(late ? scenario.delicatePauses : scenario.pauses)) {
                    actor.pausedUntil = step + dice.between(4, scenario.longestPause);
                }
                return;
            }
        }
    }

    void run(Actor actor) {
        if (trace == null) {
            actor.step();
            return;
        }
        var before = actor.state();
        try {
            actor.step();
        } finally {
            say("%s: %s -> %s".formatted(actor.name, before, actor.state()));
        }
    }

    void say(String what) {
        if (trace != null) {
            trace.add("%4d %6d ms  %s".formatted(step, (now - FIRST) / 1_000, what));
        }
    }

    void pass(int millis) {
        now += millis * 1_000L + 1;
        for (var service : services) {
            service.cache.now = now;
        }
    }

    /** Whether something that strikes once in so many times strikes now. */
    boolean strikes(int times) {
        return !calm && dice.oneIn(times);
    }

    Net net() {
        if (!strikes(scenario.netFailures)) {
            return Net.DONE;
        }
        return dice.oneIn(2) ? Net.NOT_DONE : Net.DONE_UNANSWERED;
    }

    Generation freshGeneration() {
        long time = now / 1_000;
        return new Generation(
                new UUID(time << 16 | 0x7000 | (generations++ & 0xfff), 0x8000000000000000L | generations));
    }

    UUID freshTerm() {
        return new UUID(dice.bits(), dice.bits());
    }

    String freshText() {
        return Long.toString(dice.bits(), 36);
    }

    /** Ends the schedule, if anybody looks at the invariant. */
    void violated(Invariant invariant, String what) {
        if (watched.contains(invariant)) {
            throw new Violation(invariant, what);
        }
    }
}
