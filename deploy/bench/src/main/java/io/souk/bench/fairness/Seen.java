package io.souk.bench.fairness;

import io.souk.bench.measure.Latencies;
import io.souk.bench.report.Table;

import java.time.Duration;

/** When changes were seen, over several turns. */
final class Seen {
    private final Latencies read = new Latencies();
    private final Latencies inRedis = new Latencies();
    private final Latencies inKafka = new Latencies();
    private long count;
    private long notSeen;

    void add(PriceChanges.Turn turn) {
        read.addAll(turn.changes().latency());
        inRedis.addAll(turn.arrived().toView());
        inKafka.addAll(turn.arrived().toLog());
        count += turn.changes().intended();
        notSeen += turn.changes().failed() + turn.arrived().lost();
    }

    long count() {
        return count;
    }

    /** Those that were seen later somewhere, or never; one that is late in several places counts as often. */
    long later(Duration than) {
        return notSeen + read.longerThan(than) + inRedis.longerThan(than) + inKafka.longerThan(than);
    }

    void rowsOf(Table table, String when) {
        read.rowOf(table, when + ", by who reads the card, since its change was due");
        inRedis.rowOf(table, when + ", in Redis, since its commit");
        inKafka.rowOf(table, when + ", by a consumer of the topic, since its commit");
    }
}
