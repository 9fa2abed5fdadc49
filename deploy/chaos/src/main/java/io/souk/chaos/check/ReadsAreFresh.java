package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Timeline;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * 5: an answer is at most two seconds old when it is asked for, or says which part may be older; and it is no older than it says.
 * What its event calls doubted is always marked.
 */
final class ReadsAreFresh implements Invariant {
    static final long BOUND_MICROS = 2_000_000;
    private static final long SECOND_MICROS = 1_000_000;

    /** Answers count their age in milliseconds, of which a part may be over. */
    private static final long CLOCK_MICROS = 1_000;

    /** What an answer may call the parts that it marks. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            Thing.PRODUCT, Set.of("product"),
            Thing.PRICE, Set.of("price", "prices"),
            Thing.AVAILABILITY, Set.of("availability"));

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String says() {
        return "No read returned a version older than the newest committed 2 s before it began, unless it said so";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var products = products(evidence);
        var doubted = doubted(evidence);
        doubtsAreTold(count, evidence);
        for (var read : evidence.reads()) {
            if (read.action().equals(Fact.Operation.WHOLE_LIST)) {
                missing(count, evidence, read, products.getOrDefault(read.tenant(), List.of()));
            }
            for (var part : read.parts()) {
                check(count, evidence, read, part);
                if (doubted.contains(new Version(part.thing(), part.order()))) {
                    count.that(
                            isMarked(read, part.thing()),
                            () -> "operation %d read %s %s, which is in doubt, without a mark"
                                    .formatted(read.number(), part.thing(), part.order()));
                }
                if (part.thing().aggregate().equals(Thing.AVAILABILITY) && !isDeleted(evidence, read, part)) {
                    units(count, evidence, read, part);
                }
            }
        }
        return count.verdict();
    }

    private record Version(Thing thing, Order order) {}

    private static Set<Version> doubted(Evidence evidence) {
        return evidence.log().stream()
                .filter(record -> record.doubted() && record.thing() != null)
                .map(record -> new Version(record.thing(), record.order()))
                .collect(Collectors.toSet());
    }

    /** A level that was told under another's header puts its product's availability in doubt, as long as there is one. */
    private static void doubtsAreTold(Verdict.Count count, Evidence evidence) {
        for (var record : evidence.all(Fact.Told.class)) {
            var level = record.thing();
            if (!record.poison()
                    || level == null
                    || record.product() == null
                    || !level.aggregate().equals(Thing.STOCK)
                    || level.tenant().equals(record.tenant())) {
                continue;
            }
            var availability = new Thing(Thing.AVAILABILITY, level.tenant(), record.product());
            var told = evidence.log().stream()
                    .filter(one -> availability.equals(one.thing()))
                    .toList();
            count.that(
                    told.stream().anyMatch(one -> one.doubted() || !one.live()),
                    () -> "%s was told under the header of %s, and %s was never in doubt"
                            .formatted(level, record.tenant(), availability));
        }
    }

    private static boolean isMarked(Fact.Operation read, Thing thing) {
        return WORDS.getOrDefault(thing.aggregate(), Set.of()).stream().anyMatch(read.stale()::containsKey);
    }

    private static Map<String, List<Thing>> products(Evidence evidence) {
        return evidence.timelines().keySet().stream()
                .filter(thing -> thing.aggregate().equals(Thing.PRODUCT))
                .collect(Collectors.groupingBy(Thing::tenant));
    }

    /** A list of all products misses none that was there for two seconds. */
    private static void missing(Verdict.Count count, Evidence evidence, Fact.Operation list, List<Thing> products) {
        var listed = list.parts().stream()
                .map(Part::thing)
                .filter(thing -> thing.aggregate().equals(Thing.PRODUCT))
                .collect(Collectors.toSet());
        if (listed.size() >= Fact.Operation.WHOLE_LIST_ITEMS) {
            return; // the page may have ended before
        }
        for (var product : products) {
            if (!listed.contains(product)) {
                check(count, evidence, list, Part.missing(product));
            }
        }
    }

    private static void check(Verdict.Count count, Evidence evidence, Fact.Operation read, Part part) {
        var timeline = evidence.timeline(part.thing());
        long proven = provenAt(read, part.thing());
        var least = timeline.newestSeenAt(proven);
        count.that(
                isFresh(timeline.between(least, read.ended()), part, least),
                () -> "operation %d (%s by %s, began %d, age %s, stale %s) read %s %s; %s was there %.1f s before"
                        .formatted(
                                read.number(),
                                read.action(),
                                read.via(),
                                read.began(),
                                read.age(),
                                read.stale(),
                                part.thing(),
                                part.live() ? part.order() : "as missing",
                                least,
                                (read.began() - proven) / 1e6));
    }

    /** As of when the answer must be right: two seconds before it was asked for, or later where its Age says so, or when its mark says. */
    private static long provenAt(Fact.Operation read, Thing thing) {
        long bound = read.began() - BOUND_MICROS;
        for (var word : WORDS.getOrDefault(thing.aggregate(), Set.of())) {
            var asOf = read.stale().get(word);
            if (asOf != null) {
                return Math.min(bound, asOf);
            }
        }
        var age = read.age();
        return age == null ? bound : Math.max(bound, read.began() - (age + 1) * SECOND_MICROS - CLOCK_MICROS);
    }

    /** What is missing had never been there, or was deleted or hidden by the end of the read. */
    private static boolean isFresh(Iterable<Timeline.State> possible, Part part, Order least) {
        if (part.live()) {
            return !part.order().isBefore(least);
        }
        if (least.equals(Order.NONE)) {
            return true;
        }
        for (var state : possible) {
            if (!state.live() || !state.shown()) {
                return true;
            }
        }
        return false;
    }

    /** The product's deletion takes its availability along, of which the product itself may be told up to two seconds later. */
    private static boolean isDeleted(Evidence evidence, Fact.Operation read, Part availability) {
        if (availability.live()) {
            return false;
        }
        for (var state : evidence.timeline(availability.thing()).between(Order.NONE, read.ended())) {
            if (!state.live()) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many there are to be had, which another service says: the same bound holds for what comes from there. The number must be
     * the sum of states of its levels, each of them one that was to be seen.
     */
    private static void units(Verdict.Count count, Evidence evidence, Fact.Operation read, Part availability) {
        long proven = provenAt(read, availability.thing());
        var sums = Set.of(0L);
        for (var level : evidence.levels(availability.thing())) {
            var possible = possible(level, proven, read.ended());
            if (possible.isEmpty()) {
                return; // one whose event is missing says nothing, which is for the first invariant to tell
            }
            sums = sums.stream()
                    .flatMap(sum -> possible.stream().map(units -> sum + units))
                    .collect(Collectors.toSet());
        }
        long shown = availability.units() == null ? 0 : availability.units();
        var all = sums;
        count.that(
                all.contains(shown),
                () ->
                        "operation %d (%s by %s, began %d, age %s, stale %s) read %d units of %s; there were %s %.1f s before or since"
                                .formatted(
                                        read.number(),
                                        read.action(),
                                        read.via(),
                                        read.began(),
                                        read.age(),
                                        read.stale(),
                                        shown,
                                        availability.thing(),
                                        all,
                                        (read.began() - proven) / 1e6));
    }

    /** How many of a level a read may have met; nothing when that is not known. */
    private static Set<Long> possible(Timeline level, long proven, long ended) {
        var least = level.newestSeenAt(proven);
        var units = new HashSet<Long>();
        if (least.equals(Order.NONE)) {
            units.add(0L); // nobody had told of it
        }
        for (var state : level.between(least, ended)) {
            if (state.units() == null) {
                return Set.of();
            }
            units.add(state.units());
        }
        return units;
    }
}
