package io.souk.kit.protocol.sim;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Wanted;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.RealReads;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What one call of a reader meets, drawn from a seed: in any combination, whether or not a service could come to be in it. Moments
 * lie around those at which the reader's judgement changes.
 */
final class Situation {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long SECOND = 1_000_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_VERSIONS = 6;
    private static final int MOST_AGGREGATES = 3;

    /** As sources are named in watermarks. */
    private static final List<String> SOURCES =
            RealReads.FOREIGN.stream().map(AggregateType::sourceName).sorted().toList();

    private static final Duration[] AGES = {
        Duration.ZERO, Duration.ofSeconds(1), RealReads.BOUND, RealReads.BOUND.plusSeconds(8), HOUR
    };

    private static final String[] NO_ENTRIES = {
        "none",
        "no entry at all, but as long as one, and then some more of what nobody can read",
        Text.NO_ORDER + "L" + "0".repeat(48) + "a live one without an order",
        Text.NO_ORDER + "T" + "9".repeat(48),
        "x".repeat(20) + "L" + "y".repeat(48) + "letters where digits should be"
    };

    enum Kind {
        OWN(RealReads.OWN),
        COMPOSED(RealReads.COMPOSED);

        final String word;

        Kind(String word) {
            this.word = word;
        }

        Set<String> foreign() {
            return this == OWN ? Set.of() : Set.copyOf(SOURCES);
        }
    }

    /** Which generation the reader's replica takes for the service's. */
    enum Copy {
        PRESENT,
        RETIRED,
        NONE
    }

    /** An aggregate; without a row it was never there. */
    record Aggregate(
            UUID id,
            int shard,
            RealReads.@Nullable Row row,
            @Nullable Order order,
            @Nullable Order token) {
        Aggregate withoutToken() {
            return new Aggregate(id, shard, row, order, null);
        }
    }

    /**
     * What a generation has of an entry.
     *
     * @param noEntry what is there in the place of an entry
     */
    record Cell(
            @Nullable Entry<String> entry,
            @Nullable String noEntry,
            @Nullable Order floor,
            boolean leased) {
        static final Cell EMPTY = new Cell(null, null, null, false);

        @Nullable
        String data() {
            return entry == null ? noEntry : Text.of(entry);
        }
    }

    /**
     * One view that is asked for.
     *
     * @param retired what the retired generation has of it
     * @param ahead whether a put of this replica has not been answered yet
     * @param comes what another replica puts while this one waits for it
     */
    record Place(
            int number,
            Aggregate aggregate,
            Kind kind,
            Cell present,
            Cell retired,
            boolean ahead,
            @Nullable Version<String> comes) {
        RealReads.Place real() {
            return new RealReads.Place(kind.word, aggregate.id());
        }
    }

    final long seed;
    final TenantId tenant;
    final String layout;
    final Generation present = new Generation(Ids.next());
    final Generation retired = new Generation(Ids.next());
    final long clockMillis;

    /** The reader's clock. */
    final long now;

    final boolean clockIsWrong;
    final boolean redisIsAway;
    final Copy copy;
    final @Nullable Duration maxAge;
    final Freshness freshness;

    /** {@code source_watermark}. */
    final Watermarks applied;

    final Map<Generation, Map<Integer, Position>> positions = new HashMap<>();
    final List<Aggregate> aggregates = new ArrayList<>();
    final List<Kind> kinds = new ArrayList<>();
    final List<Place> places = new ArrayList<>();

    /** After how many milliseconds what is waited for comes. */
    final int comesAfter;

    private final Dice dice;

    /** @param layout by which the tables name what is its own */
    Situation(long seed, TenantId tenant, String layout) {
        this.seed = seed;
        this.tenant = tenant;
        this.layout = layout;
        dice = new Dice(seed);
        boolean waits = dice.oneIn(12);
        clockMillis = System.currentTimeMillis() + (dice.oneIn(25) ? 10_000 : 0);
        now = (clockMillis + 1) * MICROS_PER_MILLI;
        clockIsWrong = !waits && dice.oneIn(25);
        redisIsAway = !waits && dice.oneIn(25);
        copy = waits || !dice.oneIn(5) ? Copy.PRESENT : dice.oneIn(3) ? Copy.NONE : Copy.RETIRED;
        maxAge = dice.oneIn(4) ? AGES[dice.below(AGES.length)] : null;
        freshness = freshness(maxAge);
        applied = applied();
        comesAfter = dice.oneIn(2) ? 0 : dice.between(1, 30);
        if (waits) {
            oneThatWaits();
        } else {
            any();
        }
    }

    /** As the protocol says: B, or less when a request asks for less, and more than the clocks may differ. */
    private static Freshness freshness(@Nullable Duration maxAge) {
        var least = RealReads.SKEW.plusMillis(1);
        var bound = maxAge == null || maxAge.compareTo(RealReads.BOUND) > 0
                ? RealReads.BOUND
                : maxAge.compareTo(least) < 0 ? least : maxAge;
        return new Freshness(bound, RealReads.SKEW);
    }

    Wanted wanted(Place place) {
        long told = maxAge == null
                ? Wanted.ANY_AGE
                : maxAge.compareTo(RealReads.BOUND) <= 0 ? 0 : maxAge.toNanos() / MICROS_PER_MILLI;
        return new Wanted(
                freshness, place.kind().foreign(), told, place.aggregate().token());
    }

    boolean waits() {
        return places.stream().anyMatch(place -> place.comes() != null);
    }

    /** Those that a reader may look into. */
    List<Generation> generations() {
        return copy == Copy.RETIRED ? List.of(present, retired) : List.of(present);
    }

    @Nullable
    Generation copied() {
        return switch (copy) {
            case PRESENT -> present;
            case RETIRED -> retired;
            case NONE -> null;
        };
    }

    Cell cell(Generation g, Place place) {
        return g.equals(present) ? place.present() : place.retired();
    }

    @Nullable
    Position position(Generation g, Place place) {
        return positions.getOrDefault(g, Map.of()).get(place.aggregate().shard());
    }

    private void any() {
        int count = dice.oneIn(3) ? dice.between(2, MOST_AGGREGATES) : 1;
        for (int i = 0; i < count; i++) {
            // of one that waits for its version and one whose generation is in doubt, time decides which asks the newer
            // first
            aggregates.add(copy == Copy.RETIRED && count > 1 ? aggregate().withoutToken() : aggregate());
        }
        if (dice.oneIn(4)) {
            kinds.addAll(List.of(Kind.values()));
        } else {
            kinds.add(dice.oneIn(2) ? Kind.OWN : Kind.COMPOSED);
        }
        place(present, 12);
        if (copy == Copy.RETIRED) {
            place(retired, 2);
        }
        for (var aggregate : aggregates) {
            for (var kind : kinds) {
                places.add(new Place(
                        places.size(),
                        aggregate,
                        kind,
                        cell(kind),
                        copy == Copy.RETIRED ? cell(kind) : Cell.EMPTY,
                        dice.oneIn(15),
                        null));
            }
        }
    }

    /** @param missing one position in so many is */
    private void place(Generation g, int missing) {
        var shards = new TreeMap<Integer, Position>();
        for (int shard : aggregates.stream().map(Aggregate::shard).collect(Collectors.toCollection(TreeSet::new))) {
            if (!dice.oneIn(missing)) {
                shards.put(shard, new Position(dice.below(1_000), watermarks()));
            }
        }
        positions.put(g, shards);
    }

    private Aggregate aggregate() {
        var id = new UUID(dice.bits(), dice.bits());
        Order order = dice.oneIn(5) ? null : new Order(RealReads.EPOCH, dice.between(1, MOST_VERSIONS));
        var row = order == null
                ? null
                : new RealReads.Row(dice.oneIn(4), !dice.oneIn(6), end(), "the row of version " + order.version());
        return new Aggregate(id, RealReads.shard(tenant, id), row, order, dice.oneIn(2) ? null : order());
    }

    private Cell cell(Kind kind) {
        boolean leased = dice.oneIn(6);
        var floor = dice.oneIn(4) ? null : order();
        return switch (dice.below(12)) {
            case 0, 1 -> new Cell(null, null, floor, leased);
            case 2 -> new Cell(null, NO_ENTRIES[dice.below(NO_ENTRIES.length)], floor, leased);
            case 3 -> new Cell(new Entry.Absent<>(asOf(kind)), null, dice.oneIn(3) ? floor : null, leased);
            default -> {
                var order = order();
                Entry<String> entry = dice.oneIn(3)
                        ? new Entry.Tombstone<>(order, asOf(kind))
                        : new Entry.Live<>(order, asOf(kind), end(), "cached " + dice.below(1_000));
                yield new Cell(entry, null, dice.oneIn(3) ? floor : order, leased);
            }
        };
    }

    /** A reader who has seen what is not there yet, or who waits for what another one reads. */
    private void oneThatWaits() {
        var kind = dice.oneIn(2) ? Kind.OWN : Kind.COMPOSED;
        kinds.add(kind);
        var first = new Order(RealReads.EPOCH, dice.between(1, 3));
        var comes = new Order(RealReads.EPOCH, first.version() + dice.between(1, 2));
        boolean behind = dice.oneIn(2);
        var id = new UUID(dice.bits(), dice.bits());
        var row = new RealReads.Row(dice.oneIn(4), true, Freshness.FOR_EVER, "the row of version " + comes.version());
        var token = behind
                ? new Order(RealReads.EPOCH, dice.between((int) first.version() + 1, (int) comes.version()))
                : null;
        var aggregate = new Aggregate(id, RealReads.shard(tenant, id), row, comes, token);
        aggregates.add(aggregate);
        var told = new HashMap<String, Long>();
        SOURCES.forEach(source -> told.put(source, dice.oneIn(3) ? moment() : now));
        positions.put(present, Map.of(aggregate.shard(), new Position(7, new Watermarks(now, told))));
        var other = aggregate();
        if (behind && dice.oneIn(3) && other.shard() != aggregate.shard()) {
            aggregates.add(other); // about whose generation the reader asks before it waits
        }
        var seen = dice.oneIn(3)
                ? new Entry.Tombstone<String>(first, asOf(kind))
                : new Entry.Live<>(first, asOf(kind), behind ? Freshness.FOR_EVER : now, "cached before");
        var cell = behind
                ? new Cell(seen, null, first, false)
                : new Cell(seen instanceof Entry.Live ? seen : null, null, first, true);
        Entry<String> entry = dice.oneIn(3)
                ? new Entry.Tombstone<>(comes, asOf(kind))
                : new Entry.Live<>(comes, asOf(kind), Freshness.FOR_EVER, "cached at last");
        places.add(new Place(0, aggregate, kind, cell, Cell.EMPTY, false, new Version<>(0, comes, entry, "")));
        if (aggregates.size() > 1) {
            places.add(new Place(1, other, kind, cell(kind), Cell.EMPTY, false, null));
        }
    }

    private Order order() {
        int epoch = dice.oneIn(8) ? RealReads.EPOCH + dice.between(-1, 1) : RealReads.EPOCH;
        return new Order(epoch, dice.between(1, MOST_VERSIONS));
    }

    private AsOf asOf(Kind kind) {
        return kind == Kind.OWN ? AsOf.own(moment()) : new AsOf(moment(), dice.oneIn(3) ? 0 : moment());
    }

    private Watermarks watermarks() {
        var told = new HashMap<String, Long>();
        for (var source : SOURCES) {
            if (!dice.oneIn(10)) {
                told.put(source, moment());
            }
        }
        return new Watermarks(moment(), told);
    }

    /** What a source that was never heard of has in the tables comes to the same as what is there of one that is at 0. */
    private Watermarks applied() {
        var told = new HashMap<String, Long>();
        SOURCES.forEach(source -> told.put(source, moment()));
        return new Watermarks(0, told);
    }

    private long moment() {
        long earliest = freshness.earliestMicros(now);
        return switch (dice.below(12)) {
            case 0 -> earliest - 1;
            case 1 -> earliest;
            case 2 -> 0;
            case 3, 4 -> now - dice.between(3, 60) * SECOND;
            case 5 -> now + SECOND;
            default -> now - dice.below(500);
        };
    }

    private long end() {
        long skew = RealReads.SKEW.toNanos() / MICROS_PER_MILLI;
        return switch (dice.below(10)) {
            case 0 -> now + skew;
            case 1 -> now + skew + 1;
            case 2 -> now - SECOND;
            case 3 -> now + HOUR.toNanos() / MICROS_PER_MILLI;
            default -> Freshness.FOR_EVER;
        };
    }

    @Override
    public String toString() {
        return "seed %d: now %d%s%s, copy %s, max age %s, applied %s, positions %s, generation %s, places %s"
                .formatted(
                        seed,
                        now,
                        clockIsWrong ? " by a wrong clock" : "",
                        redisIsAway ? ", Redis is away" : "",
                        copy,
                        maxAge,
                        applied,
                        positions,
                        present,
                        places);
    }
}
