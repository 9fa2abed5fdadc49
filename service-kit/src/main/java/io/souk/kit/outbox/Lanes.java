package io.souk.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.souk.kit.event.EventHealth;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Backlog;
import io.souk.kit.protocol.RelayPace;
import io.souk.kit.protocol.RelayStep;
import io.souk.kit.protocol.RelayStep.AppendHeartbeat;
import io.souk.kit.protocol.RelayStep.KeepLease;
import io.souk.kit.protocol.RelayStep.ReadMark;
import io.souk.kit.protocol.RelayStep.ReadRows;
import io.souk.kit.protocol.RelayStep.TakeLease;
import io.souk.kit.protocol.RelayStep.Wait;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The relays of all shards on this replica. A round asks for all resting lanes together, so that an idle replica costs one
 * statement per round however many shards it leads; a lane that finds rows goes on by itself. Rounds are for one thread.
 */
final class Lanes {
    /** How long a stop waits for batches that are being sent. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(5);

    private final List<Lane> lanes;
    private final OutboxRepository outbox;
    private final RelayLeases leases;
    private final long renewalNanos;

    private int share;
    private long attendedAt;

    /**
     * Those of a replica.
     *
     * @param logs a new one for each shard
     * @throws IllegalArgumentException when the times do not go together
     */
    static Lanes of(
            int shards,
            RelayConfig config,
            OutboxRepository outbox,
            RelayLeases leases,
            IntFunction<RelayLog> logs,
            HeartbeatLog heartbeats,
            EventHealth health,
            MeterRegistry metrics) {
        if (config.renewal().compareTo(config.lease()) >= 0) {
            throw new IllegalArgumentException("souk.relay.renewal must be shorter than souk.relay.lease");
        }
        if (config.poll().compareTo(config.heartbeat()) >= 0) {
            throw new IllegalArgumentException("souk.relay.poll must be shorter than souk.relay.heartbeat");
        }
        // A mark is due at the last round before its heartbeat would be late.
        var pace = new RelayPace(config.renewal(), config.heartbeat().minus(config.poll()));
        var troubles = new Troubles(health);
        var delay = Timer.builder("souk.relay.delay")
                .description("From a commit in this process until Kafka has acknowledged its events")
                .publishPercentiles(0.5, 0.9, 0.99)
                .register(metrics);
        var lanes = IntStream.range(0, shards)
                .mapToObj(shard ->
                        new Lane(shard, pace, config, outbox, leases, logs.apply(shard), heartbeats, troubles, delay))
                .toList();
        return new Lanes(lanes, outbox, leases, config.renewal());
    }

    /** @param lanes one per shard, by number */
    private Lanes(List<Lane> lanes, OutboxRepository outbox, RelayLeases leases, Duration renewal) {
        this.lanes = List.copyOf(lanes);
        this.outbox = outbox;
        this.leases = leases;
        renewalNanos = renewal.toNanos();
        attendedAt = System.nanoTime() - renewalNanos;
    }

    /** Something of these shards was committed. */
    void nudge(Collection<Integer> shards) {
        shards.forEach(shard -> lanes.get(shard).nudge());
    }

    boolean isLeading(int shard) {
        return lanes.get(shard).isLeading();
    }

    /** Lets every lane go on whose time has come. What it throws may pass: call again after a pause. */
    void round() {
        boolean attending = System.nanoTime() - attendedAt >= renewalNanos;
        if (attending) {
            share = share(lanes.size(), leases.attend());
            attendedAt = System.nanoTime();
        }
        var held = lanes.stream().filter(Lane::hold).toList();
        try {
            if (attending) {
                yieldSurplus(held);
                take(held);
            }
            held.forEach(Lane::resume);
            keep(held);
            mark(held);
            look(held);
            held.stream().filter(lane -> lane.step() instanceof AppendHeartbeat).forEach(Lane::perform);
        } finally {
            held.forEach(Lane::letGo);
        }
    }

    /**
     * Finishes the batches that are being sent and lets other replicas take the leases at once. What is committed from now on
     * waits in the outbox for them.
     */
    void stop() {
        lanes.forEach(Lane::stop);
        var terms = new HashMap<Integer, UUID>();
        long deadline = System.nanoTime() + DRAIN.toNanos();
        for (var lane : lanes) {
            var leadership = holds(lane, deadline) ? lane.leadership() : null;
            if (leadership != null) {
                lane.close(); // before another one may open the log
                terms.put(lane.shard(), leadership.term());
            }
        }
        leases.giveUp(terms);
        leases.leave();
    }

    private static boolean holds(Lane lane, long deadline) {
        while (!lane.hold()) {
            if (System.nanoTime() - deadline > 0) {
                return false; // its lease runs out
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    private static Map<Integer, UUID> terms(Map<Integer, KeepLease<OutboxRow>> keeping) {
        var terms = new HashMap<Integer, UUID>();
        keeping.forEach((shard, step) -> terms.put(shard, step.leadership().term()));
        return terms;
    }

    /** Of so many shards, the most that one of so many replicas leads. */
    static int share(int shards, int replicas) {
        return Math.ceilDiv(shards, replicas);
    }

    private void yieldSurplus(List<Lane> held) {
        held.stream()
                .filter(Lane::isLeading)
                .limit(Math.max(0, leading() - share))
                .forEach(lane -> {
                    if (lane.step() instanceof Wait<OutboxRow> wait) {
                        lane.go(wait.yielded());
                    }
                });
    }

    private long leading() {
        return lanes.stream().filter(Lane::isLeading).count();
    }

    /** Those that follow take what is free, up to this replica's share. */
    private void take(List<Lane> held) {
        held.stream().filter(lane -> !lane.isLeading()).forEach(Lane::resume);
        int most = (int) Math.max(0, share - leading());
        var term = Ids.next();
        answer(
                held,
                step -> step instanceof TakeLease<OutboxRow> take ? take : null,
                wanting -> leases.take(wanting.keySet(), most, term),
                (step, shard, taken) -> taken.contains(shard) ? step.taken(term, System.nanoTime()) : step.notTaken(),
                TakeLease::failed);
    }

    private void keep(List<Lane> held) {
        answer(
                held,
                step -> step instanceof KeepLease<OutboxRow> keep ? keep : null,
                keeping -> leases.keep(terms(keeping)),
                (step, shard, kept) -> kept.contains(shard) ? step.kept(System.nanoTime()) : step.lost(),
                KeepLease::failed);
    }

    private void mark(List<Lane> held) {
        answer(
                held,
                step -> step instanceof ReadMark<OutboxRow> read ? read : null,
                marking -> outbox.marks(marking.keySet()),
                (step, shard, marks) -> step.marked(Objects.requireNonNull(marks.get(shard)), System.nanoTime()),
                ReadMark::failed);
    }

    /** Only where there is something, it is read. */
    private void look(List<Lane> held) {
        answer(
                held,
                step -> step instanceof ReadRows<OutboxRow> read ? read : null,
                reading -> outbox.waiting(reading.keySet()),
                (step, shard, waiting) -> waiting.contains(shard) ? step : step.read(Backlog.none()),
                ReadRows::failed);
    }

    private interface Answered<S, A> {
        RelayStep<OutboxRow> next(S step, int shard, A answer);
    }

    /** One call for all lanes that stand at one kind of step. */
    private <S extends RelayStep<OutboxRow>, A> void answer(
            List<Lane> held,
            Function<RelayStep<OutboxRow>, @Nullable S> at,
            Function<Map<Integer, S>, A> call,
            Answered<S, A> answered,
            Function<S, RelayStep<OutboxRow>> failed) {
        var steps = new HashMap<Integer, S>();
        for (var lane : held) {
            @Nullable S step = at.apply(lane.step());
            if (step != null) {
                steps.put(lane.shard(), step);
            }
        }
        if (steps.isEmpty()) {
            return;
        }
        A answer;
        try {
            answer = call.apply(steps);
        } catch (RuntimeException failure) {
            steps.forEach((shard, step) -> lanes.get(shard).failed(failed.apply(step), failure));
            return;
        }
        steps.forEach((shard, step) -> lanes.get(shard).go(answered.next(step, shard, answer)));
    }
}
