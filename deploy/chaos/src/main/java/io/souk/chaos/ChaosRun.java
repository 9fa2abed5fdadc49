package io.souk.chaos;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Moment;
import io.souk.chaos.fault.FaultPlan;
import io.souk.chaos.fault.Faults;
import io.souk.chaos.fleet.Database;
import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Journal;
import io.souk.chaos.harvest.CacheWatch;
import io.souk.chaos.harvest.FromTheLog;
import io.souk.chaos.harvest.Harvest;
import io.souk.chaos.harvest.Rest;
import io.souk.chaos.workload.Workload;
import io.souk.cli.Installation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run from the start of the fleet to the last line of evidence. */
final class ChaosRun {
    private static final List<String> NAMES = List.of("amber", "birch", "cedar");

    /** The workload alone, before the first fault: the first requests of services that have just started take seconds. */
    private static final Duration BEFORE = Duration.ofSeconds(20);

    /** The workload alone, after the last one; what it leaves has to come to rest in the time that is counted from the last fault. */
    private static final Duration AFTER = Duration.ofSeconds(2);

    private final Fleet fleet;
    private final long seed;
    private final Duration faults;
    private final Lines history;
    private final Consumer<String> told;
    private final long began = Moment.now();
    private final List<String> tenants;
    private final Faults striking;
    private final Harvest harvest;

    /**
     * @param faults for how long there are some
     * @param told is given lines for people
     */
    ChaosRun(Fleet fleet, long seed, Duration faults, Lines history, Consumer<String> told) {
        this.fleet = fleet;
        this.seed = seed;
        this.faults = faults;
        this.history = history;
        this.told = told;
        this.tenants = NAMES.stream()
                .map(name -> "chaos-%s-%06d".formatted(name, seed))
                .toList();
        this.striking = new Faults(fleet, history, this::news);
        this.harvest = new Harvest(fleet, Set.copyOf(tenants), history);
    }

    private void news(String line) {
        told.accept("%8.1f s  %s".formatted((Moment.now() - began) / 1e6, line));
    }

    void run() throws InterruptedException, IOException {
        fleet.start(node -> news(node + " is ready"));
        Journal.begin(new Database(fleet));
        var workload = new Workload(fleet, tenants, seed, history);
        workload.start();
        TimeUnit.SECONDS.sleep(BEFORE.toSeconds());
        long healed = strike();
        news("all is healed; the workload goes on for a moment");
        TimeUnit.SECONDS.sleep(AFTER.toSeconds());
        workload.stop();
        for (var level : striking.doubted()) {
            news("goods come in of %s of %s, which a record of nobody has put in doubt"
                    .formatted(level.sku(), level.tenant()));
            workload.receive(level.tenant(), level.sku(), level.lot(), level.expiresOn());
        }
        news("waiting for rest");
        new Rest(fleet, harvest, history).await(healed);
        news("taking down what is there");
        takeDown();
    }

    /** The moment at which the last fault was healed, by the monotone clock. */
    private long strike() throws InterruptedException {
        try (var _ = new CacheWatch(harvest, history)) {
            striking.run(FaultPlan.of(seed, faults), faults);
            history.add(new Fact.Run(seed, began, Moment.now(), Installation.version()));
            return System.nanoTime();
        }
    }

    private void takeDown() throws IOException, InterruptedException {
        harvest.entries("rest");
        harvest.views();
        harvest.search();
        var fromTheLog = new FromTheLog(fleet, harvest, history);
        fromTheLog.cache();
        harvest.commits();
        harvest.rows();
        harvest.books();
        harvest.log();
        news("emptying what services keep of each other");
        fromTheLog.copies(striking::replay);
    }
}
