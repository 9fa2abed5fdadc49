package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Found;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Loaded;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.ReadStep;
import io.souk.kit.protocol.ReadStep.Fill;
import io.souk.kit.protocol.ReadStep.FindGeneration;
import io.souk.kit.protocol.ReadStep.Load;
import io.souk.kit.protocol.ReadStep.LoadToFill;
import io.souk.kit.protocol.ReadStep.Look;
import io.souk.kit.protocol.ReadStep.Refuse;
import io.souk.kit.protocol.ReadStep.Retry;
import io.souk.kit.protocol.ReadStep.Serve;
import io.souk.kit.protocol.ReadStep.ServeStale;
import io.souk.kit.protocol.ReadStep.TakeLease;
import io.souk.kit.protocol.Verdict;
import io.souk.kit.protocol.Wanted;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.protocol.WhyNot;
import io.souk.kit.protocol.sim.CacheModel.Claim;
import io.souk.kit.protocol.sim.CacheModel.Part;
import io.souk.kit.protocol.sim.Situation.Place;
import io.souk.kit.view.RealReads;
import io.souk.kit.view.View;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Decides a situation by {@link ReadStep}, on the Redis of the simulator, one place after the other. */
final class ReadModel {
    static final String ANOTHERS = "another's";
    private static final String MINE = "mine";
    private static final int MANY_STEPS = 40;

    /** A rule that is left out, so that the test can be seen to miss it. */
    enum Without {
        NOTHING,
        FLOOR,
        LEASE,
        POSITION,
        CONFIRMED_GENERATION,
        OWN_WATERMARK,
        FOREIGN_WATERMARK,
        AS_OF,
        CLOCK_MARGIN,
        CLOCK_CHECK,
        END,
        TOKEN,
        MAX_AGE,
        PENDING_PUT
    }

    /** What a reader is given of one place. */
    record Given(String answer, boolean fromTables, boolean stale, long ageMicros) {}

    private final Situation situation;
    private final Without without;
    private final CacheModel<String> cache;

    /** How many views were found, not found or not looked for, in the words of the live reader's metrics. */
    final Map<String, Long> counts = new TreeMap<>();

    /** What became of the places on their way, and how often. */
    final Map<String, Integer> reached = new TreeMap<>();

    /** Of the place that is read. */
    private @Nullable Entry<String> looked;

    private @Nullable WhyNot missed;
    private boolean fromTables;
    private boolean hasCome;

    ReadModel(Situation situation, Without without) {
        this.situation = situation;
        this.without = without;
        cache = new CacheModel<>(
                switch (without) {
                    case FLOOR -> Set.of(Protection.FLOOR);
                    case LEASE -> Set.of(Protection.LEASE);
                    default -> Set.of();
                });
        for (var g : situation.generations()) {
            situation
                    .positions
                    .getOrDefault(g, Map.of())
                    .forEach((shard, position) -> cache.place(g, shard, false, position));
            situation.places.forEach(place -> write(g, place));
        }
    }

    private void write(Generation g, Place place) {
        var cell = situation.cell(g, place);
        if (cell.entry() != null) {
            cache.set(new CacheModel.Key(Part.DATA, g, place.number()), cell.entry());
        }
        if (cell.floor() != null) {
            cache.set(new CacheModel.Key(Part.FLOOR, g, place.number()), cell.floor());
        }
        if (cell.leased()) {
            cache.set(new CacheModel.Key(Part.LEASE, g, place.number()), ANOTHERS);
        }
    }

    /**
     * What the reader is given; null when it would rather have nothing.
     *
     * @param beganMicros {@code now()} of the transaction that reads the tables, should one have to
     */
    @Nullable
    Given read(Place place, long beganMicros) {
        looked = null;
        missed = null;
        fromTables = false;
        hasCome = false;
        var wanted = wanted(place);
        var next = first(wanted);
        for (int steps = 0; steps < MANY_STEPS; steps++) {
            switch (next) {
                case Look<String> look -> next = look(look, place);
                case FindGeneration<String> find -> next = find.found(confirmed());
                case Retry<String> retry -> {
                    comes(place);
                    next = retry.waited();
                }
                case TakeLease<String> take -> next = take(take, place);
                case LoadToFill<String> load -> next = load.loaded(loaded(place, beganMicros), situation.now);
                case Fill<String> fill -> next = fill(fill, place);
                case Load<String> load -> next = load.loaded(loaded(place, beganMicros), situation.now);
                case Serve<String>(var entry, long age) -> {
                    return given(place, entry, false, age);
                }
                case ServeStale<String>(var entry, long age) -> {
                    return given(place, entry, true, age);
                }
                case Refuse<String> _ -> {
                    count(place);
                    reach("refused");
                    return null;
                }
            }
        }
        throw new AssertionError("no answer: " + situation);
    }

    private Wanted wanted(Place place) {
        var wanted = situation.wanted(place);
        var freshness = wanted.freshness();
        return switch (without) {
            case FOREIGN_WATERMARK -> new Wanted(freshness, Set.of(), wanted.toldMicros(), wanted.token());
            case CLOCK_MARGIN ->
                new Wanted(
                        new Freshness(freshness.bound(), Duration.ZERO),
                        wanted.foreign(),
                        wanted.toldMicros(),
                        wanted.token());
            case TOKEN -> new Wanted(freshness, wanted.foreign(), wanted.toldMicros(), null);
            case MAX_AGE ->
                new Wanted(new Freshness(RealReads.BOUND, RealReads.SKEW), wanted.foreign(), wanted.token());
            default -> wanted;
        };
    }

    /** A clock that is known to be wrong proves nothing, and a replica that has never looked has no copy. */
    private ReadStep<String> first(Wanted wanted) {
        var copied = situation.copied();
        if (situation.clockIsWrong && without != Without.CLOCK_CHECK) {
            return new Load<>(wanted, true);
        }
        return copied == null ? new FindGeneration<>(wanted, 1) : ReadStep.start(wanted, copied);
    }

    private Generation confirmed() {
        var copied = situation.copied();
        return without == Without.CONFIRMED_GENERATION && copied != null ? copied : situation.present;
    }

    private ReadStep<String> look(Look<String> look, Place place) {
        var position = position(look.generation(), place);
        if (situation.redisIsAway) {
            missed = null;
            reach("no answer");
            return look.noAnswer();
        }
        if (place.ahead() && position != null && without != Without.PENDING_PUT) {
            missed = WhyNot.BEHIND;
            reach("ahead of Redis");
            return look.noAnswer();
        }
        looked = cache.data(look.generation(), place.number());
        var found = found(position, looked);
        switch (Verdict.of(look.wanted(), found, situation.now)) {
            case Verdict.Hit<String> _ -> reach("hit");
            case Verdict.Lagging<String> _ -> {
                missed = WhyNot.LAGGING;
                reach(WhyNot.LAGGING.toString());
            }
            case Verdict.Doubt<String> _ -> {
                missed = null;
                reach(look.confirmed() ? "lost" : "doubt");
            }
            case Verdict.Miss<String>(var why) -> {
                missed = why;
                reach(why.toString());
            }
        }
        return look.found(found, situation.now);
    }

    private @Nullable Position position(Generation g, Place place) {
        var position = cache.position(g, place.aggregate().shard());
        return switch (without) {
            case POSITION -> position == null ? new Position(0, Watermarks.own(situation.now)) : position;
            case OWN_WATERMARK ->
                position == null
                        ? null
                        : new Position(
                                position.offset(),
                                new Watermarks(0, position.watermarks().foreignMicros()));
            default -> position;
        };
    }

    private Found<String> found(@Nullable Position position, @Nullable Entry<String> entry) {
        return Found.of(
                Arrays.asList(position),
                switch (entry) {
                    case Entry.Live<String>(var order, var asOf, var end, var body) ->
                        new Entry.Live<>(order, known(asOf), without == Without.END ? Freshness.FOR_EVER : end, body);
                    case Entry.Tombstone<String>(var order, var asOf) -> new Entry.Tombstone<>(order, known(asOf));
                    case Entry.Absent<String>(var asOf) -> new Entry.Absent<>(known(asOf));
                    case null -> null;
                });
    }

    private AsOf known(AsOf asOf) {
        return without == Without.AS_OF ? new AsOf(0, Math.min(asOf.foreignMicros(), 0)) : asOf;
    }

    /** At the latest when the reader waits. */
    private void comes(Place place) {
        if (place.comes() != null && !hasCome) {
            hasCome = true;
            cache.put(situation.present, place.aggregate().shard(), place.comes());
            reach("waited for");
        }
    }

    private ReadStep<String> take(TakeLease<String> take, Place place) {
        var g = take.generation();
        var claim = cache.claim(g, place.aggregate().shard(), place.number(), MINE, looked, false);
        reach(claim.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        return switch (claim) {
            case Claim.Taken<String> _ -> take.taken(MINE);
            case Claim.Held<String> _ -> take.held();
            case Claim.Gone<String> _ -> take.noAnswer();
            case Claim.Changed<String>(var position, var data) -> take.changed(found(position, data), situation.now);
        };
    }

    private Loaded<String> loaded(Place place, long beganMicros) {
        fromTables = true;
        var asOf = AsOf.read(beganMicros, place.kind().foreign(), situation.applied);
        var row = place.aggregate().row();
        var order = place.aggregate().order();
        if (row == null || order == null) {
            return new Loaded<>(new Entry.Absent<>(asOf));
        }
        if (row.deleted()) {
            return new Loaded<>(new Entry.Tombstone<>(order, asOf));
        }
        return new Loaded<>(
                row.certain()
                        ? new Entry.Live<>(order, asOf, row.validUntilMicros(), row.body())
                        : new Entry.Live<>(order, new AsOf(asOf.ownMicros(), 0), 0, row.body()));
    }

    private ReadStep<String> fill(Fill<String> fill, Place place) {
        var entry = fill.loaded().entry();
        var answer = cache.fill(
                fill.generation(),
                place.aggregate().shard(),
                place.number(),
                fill.token(),
                CacheModel.orderOf(entry),
                entry,
                "");
        reach("fill " + answer);
        return fill.then();
    }

    private Given given(Place place, Entry<String> entry, boolean stale, long age) {
        count(place);
        reach(stale ? "served as stale" : "served");
        var answer =
                switch (entry) {
                    case Entry.Live<String>(var order, var _, var _, var body) -> order + " " + body;
                    case Entry.Tombstone<String>(var order, var _) -> order + " gone";
                    case Entry.Absent<String> _ -> "absent";
                };
        return new Given(answer, fromTables, stale, age);
    }

    private void count(Place place) {
        var outcome = !fromTables
                ? "hit"
                : missed == null ? "bypass" : "miss " + missed.name().toLowerCase(Locale.ROOT);
        counts.merge(place.kind().word + " " + outcome, 1L, Long::sum);
    }

    private void reach(String what) {
        reached.merge(what, 1, Integer::sum);
    }

    /** Position, data, floor and lease of a place, with nulls for those that are missing. */
    List<@Nullable String> keys(Generation g, Place place) {
        var position = cache.position(g, place.aggregate().shard());
        var data = cache.data(g, place.number());
        var floor = cache.floor(g, place.number());
        return Arrays.asList(
                position == null ? null : Text.of(position),
                data == null ? situation.cell(g, place).noEntry() : Text.of(data),
                floor == null ? null : floor.sortable(),
                cache.lease(g, place.number()));
    }

    /** As the live reader's views are told apart. */
    static Given given(View view, boolean fromTables, long now) {
        var answer =
                switch (view) {
                    case View.Live live -> live.order() + " " + live.json();
                    case View.Gone gone -> gone.order() + " gone";
                    case View.Absent _ -> "absent";
                };
        return new Given(answer, fromTables, view.stale(), Math.max(0, now - view.provenMicros()));
    }
}
