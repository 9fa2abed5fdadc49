package io.souk.chaos.evidence;

import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All facts of a run, and what follows from several of them. */
public final class Evidence {
    /**
     * How long after the moment that PostgreSQL takes down for a commit it may take until others see it: that moment is before the
     * commit's write to the disk.
     */
    private static final long COMMIT_MICROS = 500_000;

    private static final Timeline NOTHING = new Timeline(List.of());

    private final List<Fact> facts;
    private final Map<Thing, Timeline> timelines = new HashMap<>();
    private final Map<Thing, Set<Thing>> levels = new HashMap<>();

    public Evidence(List<Fact> facts) {
        this.facts = List.copyOf(facts);
        follow();
    }

    public <T extends Fact> List<T> all(Class<T> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was read, one by one and in lists, by clients who were answered. */
    public List<Fact.Operation> reads() {
        return all(Fact.Operation.class).stream()
                .filter(operation -> operation.kind() == Kind.READ || operation.kind() == Kind.LIST)
                .filter(operation -> operation.outcome() == Outcome.OK || operation.status() == 404)
                .toList();
    }

    /** The events of the services themselves, partition by partition in their order. */
    public List<Fact.Told> log() {
        return all(Fact.Told.class).stream().filter(record -> !record.poison()).toList();
    }

    /** Those that were done. */
    public List<Fact.Harm> faults() {
        return all(Fact.Harm.class).stream().filter(Fact.Harm::done).toList();
    }

    /** The committed states of a thing; none for one of which no commit is known. */
    public Timeline timeline(Thing thing) {
        return timelines.getOrDefault(thing, NOTHING);
    }

    /** The stock levels of a product, or of what else has its id. */
    public List<Timeline> levels(Thing product) {
        return levels.getOrDefault(new Thing(Thing.PRODUCT, product.tenant(), product.id()), Set.of()).stream()
                .map(this::timeline)
                .toList();
    }

    /** All things with a committed state. */
    public Map<Thing, Timeline> timelines() {
        return timelines;
    }

    private void follow() {
        var told = new HashMap<String, Fact.Told>();
        log().forEach(record -> told.putIfAbsent(String.valueOf(record.event()), record));
        var acknowledged = new HashMap<Thing, Map<Order, Long>>();
        for (var operation : all(Fact.Operation.class)) {
            if (operation.kind() == Kind.WRITE && operation.outcome() == Outcome.OK) {
                operation
                        .parts()
                        .forEach(part -> acknowledged
                                .computeIfAbsent(part.thing(), _ -> new HashMap<>())
                                .merge(part.order(), operation.ended(), Math::min));
            }
        }
        var freezes = faults().stream()
                .filter(harm -> harm.target().equals("postgres"))
                .toList();
        var states = new HashMap<Thing, List<Timeline.State>>();
        for (var commit : all(Fact.Commit.class)) {
            var record = told.get(commit.event());
            long seen = Math.min(
                    settled(commit.committed(), freezes),
                    acknowledged.getOrDefault(commit.thing(), Map.of()).getOrDefault(commit.order(), Long.MAX_VALUE));
            boolean shown = commit.live() && (record == null || record.shown());
            states.computeIfAbsent(commit.thing(), _ -> new ArrayList<>())
                    .add(new Timeline.State(
                            commit.order(),
                            commit.committed(),
                            seen,
                            commit.live(),
                            shown,
                            record == null ? null : record.units()));
            if (record != null
                    && record.product() != null
                    && commit.thing().aggregate().equals(Thing.STOCK)) {
                var product = new Thing(Thing.PRODUCT, commit.thing().tenant(), record.product());
                levels.computeIfAbsent(product, _ -> new HashSet<>()).add(commit.thing());
            }
        }
        states.forEach((thing, some) -> timelines.put(thing, new Timeline(some)));
    }

    /** When a commit was surely to be seen: soon, but not before the server was well again if it was struck meanwhile. */
    private static long settled(long committed, List<Fact.Harm> freezes) {
        long settled = committed + COMMIT_MICROS;
        for (var freeze : freezes) {
            if (freeze.began() <= settled && committed <= freeze.healed()) {
                settled = Math.max(settled, freeze.healed() + COMMIT_MICROS);
            }
        }
        return settled;
    }
}
