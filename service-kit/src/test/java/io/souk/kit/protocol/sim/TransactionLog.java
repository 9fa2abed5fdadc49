package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Watermarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Kafka as one service's relays see it: its topic's partitions, and the coordinator of one transactional id. */
final class TransactionLog {
    /** Another producer has taken the transactional id. */
    static final class Fenced extends Exception {
        private static final long serialVersionUID = 1;

        private Fenced() {
            super("fenced", null, false, false);
        }
    }

    /** One producer after its {@code initTransactions}. */
    final class Producer {
        private final int mine;
        private long begunAt;
        private boolean dead;
        private final List<PartitionLog.Entry> sent = new ArrayList<>();

        private Producer(int mine) {
            this.mine = mine;
        }

        void send(Event event, long now) throws Fenced {
            check();
            if (sent.isEmpty()) {
                begunAt = now;
            }
            sent.add(partitions[event.key() % partitions.length].append(event, now));
        }

        void commit() throws Fenced {
            check();
            settle(this, PartitionLog.Fate.COMMITTED);
        }

        private void check() throws Fenced {
            if (dead || (mine != epoch && !off.contains(Protection.FENCING))) {
                throw new Fenced();
            }
        }
    }

    final PartitionLog[] partitions;
    private final Set<Protection> off;
    private final Consumer<PartitionLog.Entry> committed;
    private final List<Producer> producers = new ArrayList<>();
    private int epoch;

    TransactionLog(int partitions, Set<Protection> off, Consumer<PartitionLog.Entry> committed) {
        this.partitions = new PartitionLog[partitions];
        for (int i = 0; i < partitions; i++) {
            this.partitions[i] = new PartitionLog();
        }
        this.off = off;
        this.committed = committed;
    }

    /** {@code initTransactions}: aborts what the one before has left open, and fences it. */
    Producer init() {
        if (!off.contains(Protection.FENCING)) {
            epoch++;
            abortOpenSince(Long.MAX_VALUE);
        }
        var producer = new Producer(epoch);
        producers.add(producer);
        return producer;
    }

    /** The transaction timeout: the coordinator aborts what has been open since then or longer, and fences its producer. */
    void abortOpenSince(long moment) {
        for (var producer : producers) {
            if (!producer.sent.isEmpty() && producer.begunAt <= moment) {
                settle(producer, PartitionLog.Fate.ABORTED);
                producer.dead = true;
            }
        }
        producers.removeIf(producer -> producer.dead);
    }

    boolean isOpen() {
        return producers.stream().anyMatch(producer -> !producer.sent.isEmpty());
    }

    void heartbeat(int partition, Watermarks watermarks, long now) {
        partitions[partition].heartbeat(watermarks, now);
    }

    private void settle(Producer producer, PartitionLog.Fate fate) {
        if (producer.sent.isEmpty()) {
            return;
        }
        for (var entry : producer.sent) {
            entry.fate = fate;
            if (fate == PartitionLog.Fate.COMMITTED) {
                committed.accept(entry);
            }
        }
        producer.sent.clear();
        for (var partition : partitions) {
            partition.marker();
        }
    }
}
