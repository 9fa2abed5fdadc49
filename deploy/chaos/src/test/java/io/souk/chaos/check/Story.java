package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Evidence that a test makes up: true as long as nothing is planted. Seconds are counted from the begin of the run. */
final class Story {
    static final String TENANT = "amber";

    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private long operations;

    static Thing product() {
        return thing(Thing.PRODUCT);
    }

    static Thing thing(String aggregate) {
        return new Thing(aggregate, TENANT, UUID.randomUUID().toString());
    }

    static long micros(double second) {
        return (long) (1_000_000_000_000_000L + second * 1e6);
    }

    Story with(Fact fact) {
        facts.add(fact);
        return this;
    }

    Evidence told() {
        return new Evidence(facts);
    }

    /** Commits versions 1 to {@code last}, one each second from second 0 on, and tells them. */
    Story changed(Thing thing, int last) {
        for (int version = 1; version <= last; version++) {
            changedAt(version - 1, thing, version);
        }
        return this;
    }

    Story changedAt(double second, Thing thing, long version) {
        var event = committed(second, thing, version, true);
        return record(thing, version, event, true);
    }

    Story deletedAt(double second, Thing thing, long version) {
        var event = committed(second, thing, version, false);
        return record(thing, version, event, false);
    }

    /** A level that says how many units of a product there are. */
    Story stockedAt(double second, String product, long version, long units) {
        return stockedAt(second, product, product, version, units);
    }

    Story stockedAt(double second, String product, String id, long version, long units) {
        var level = new Thing(Thing.STOCK, TENANT, id);
        var event = committed(second, level, version, true);
        return with(told(level, version, event, true, units, product, false));
    }

    /** A record of the suite's own, which repeats a version and cannot be read. */
    Story poisoned(Thing thing, long version) {
        return with(told(thing, version, event(thing, version), false, null, null, true));
    }

    /** A commit alone; its event's id. */
    String committed(double second, Thing thing, long version, boolean live) {
        var event = event(thing, version);
        facts.add(new Fact.Commit(thing, Order.of(version), event, live, micros(second) - 5_000, micros(second)));
        return event;
    }

    /** A record alone. */
    Story record(Thing thing, long version, String event, boolean live) {
        return with(told(thing, version, event, live, null, null, false));
    }

    /** An event that says of itself that it may be out of date. */
    Story doubtedAt(double second, Thing thing, long version) {
        var event = committed(second, thing, version, true);
        return with(but(told(thing, version, event, true, null, null, false), thing.tenant(), true));
    }

    /** A record of the suite's own: a product's level, told once more under the header of another. */
    Story forged(Thing level, long version, String product) {
        return with(but(told(level, version, event(level, version), true, 1L, product, true), "nobody", false));
    }

    private static Fact.Told but(Fact.Told told, String tenant, boolean doubted) {
        return new Fact.Told(
                told.topic(),
                told.partition(),
                told.offset(),
                told.appended(),
                told.thing(),
                tenant,
                told.order(),
                told.event(),
                told.live(),
                told.shown(),
                told.digest(),
                told.units(),
                told.product(),
                told.strangers(),
                doubted,
                told.poison());
    }

    private Fact.Told told(
            Thing thing,
            long version,
            String event,
            boolean live,
            @Nullable Long units,
            @Nullable String product,
            boolean poison) {
        long offset = offsets.merge(thing.aggregate(), 1L, Long::sum);
        return new Fact.Told(
                "souk." + thing.aggregate(),
                0,
                offset,
                micros(0),
                thing,
                thing.tenant(),
                Order.of(version),
                event,
                live,
                live,
                live ? content(thing, version) : null,
                units,
                product,
                Set.of(),
                false,
                poison);
    }

    static String event(Thing thing, long version) {
        return "event-" + thing.aggregate() + "-" + thing.id() + "-" + version;
    }

    /** What an honest view of that version says. */
    static String content(Thing thing, long version) {
        return "content-" + thing.id() + "-" + version;
    }

    static Part part(Thing thing, long version) {
        return new Part(thing, Order.of(version), true, content(thing, version), null);
    }

    static Part units(Thing availability, long version, long units) {
        return new Part(availability, Order.of(version), true, content(availability, version), units);
    }

    Story readAt(double second, Part... parts) {
        return with(operation(second, Kind.READ, Outcome.OK, 200, List.of(parts), Map.of(), Map.of()));
    }

    Story missedAt(double second, Thing thing) {
        return with(operation(second, Kind.READ, Outcome.FAIL, 404, List.of(Part.missing(thing)), Map.of(), Map.of()));
    }

    Story markedReadAt(double second, String mark, double asOf, Part part) {
        return with(operation(second, Kind.READ, Outcome.OK, 200, List.of(part), Map.of(), Map.of(mark, micros(asOf))));
    }

    Story askedAt(double second, Thing thing, long least, Part part) {
        return with(
                operation(second, Kind.READ, Outcome.OK, 200, List.of(part), Map.of(thing, Order.of(least)), Map.of()));
    }

    Story wroteAt(double second, Part part) {
        return with(operation(second, Kind.WRITE, Outcome.OK, 200, List.of(part), Map.of(), Map.of()));
    }

    Fact.Operation operation(
            double second,
            Kind kind,
            Outcome outcome,
            int status,
            List<Part> parts,
            Map<Thing, Order> minimum,
            Map<String, Long> stale) {
        return new Fact.Operation(
                ++operations,
                "reader",
                TENANT,
                "gateway",
                kind,
                "card",
                micros(second),
                10_000,
                outcome,
                status,
                parts,
                minimum,
                null,
                stale,
                Set.of());
    }

    Fact.Operation list(double second, Part... parts) {
        return new Fact.Operation(
                ++operations,
                "reader",
                TENANT,
                "gateway",
                Kind.LIST,
                Fact.Operation.WHOLE_LIST,
                micros(second),
                10_000,
                Outcome.OK,
                200,
                List.of(parts),
                Map.of(),
                null,
                Map.of(),
                Set.of());
    }

    /** A verdict without a violation, for which something was looked at. */
    static void assertKept(Invariant invariant, Story story) {
        var verdict = invariant.check(story.told());
        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.checked()).isPositive();
    }

    /** Exactly one violation, which says so. */
    static void assertBroken(Invariant invariant, Story story, String words) {
        var verdict = invariant.check(story.told());
        assertThat(verdict.first()).singleElement().asString().contains(words);
    }
}
