package io.souk.kit.outbox;

import io.micrometer.core.instrument.Timer;
import io.souk.kit.protocol.Backlog;
import io.souk.kit.protocol.Leadership;
import io.souk.kit.protocol.RelayPace;
import io.souk.kit.protocol.RelayStep;
import io.souk.kit.protocol.RelayStep.AppendBatch;
import io.souk.kit.protocol.RelayStep.AppendHeartbeat;
import io.souk.kit.protocol.RelayStep.DeleteBatch;
import io.souk.kit.protocol.RelayStep.GiveUpLease;
import io.souk.kit.protocol.RelayStep.KeepLease;
import io.souk.kit.protocol.RelayStep.OpenLog;
import io.souk.kit.protocol.RelayStep.Pause;
import io.souk.kit.protocol.RelayStep.ReadMark;
import io.souk.kit.protocol.RelayStep.ReadRows;
import io.souk.kit.protocol.RelayStep.TakeLease;
import io.souk.kit.protocol.RelayStep.Wait;
import io.souk.kit.time.Backoff;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The relay of one shard: does what its {@link RelayStep} says. It rests, or is held by one thread at a time: by the rounds of
 * {@link Lanes}, which answer the steps of all resting lanes together, or by a virtual thread of its own, as long as there
 * is something to send.
 */
final class Lane {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    /** From so many rows in a batch on, more are on their way. */
    private static final int CROWD = 4;

    private final int shard;
    private final OutboxRepository outbox;
    private final RelayLeases leases;
    private final RelayLog log;
    private final HeartbeatLog heartbeats;
    private final Troubles troubles;
    private final Timer delay;
    private final Backoff backoff;
    private final long leaseNanos;
    private final long crowdNanos;

    /** Written by who holds the lane. */
    private volatile RelayStep<OutboxRow> step;

    /** The tenant whose row was sent last. */
    private String served = "";

    /** Whether the rows that were read last were a crowd's, and all that there was. */
    private boolean crowded;

    private long readAt;

    private long troubledUntil = System.nanoTime();
    private volatile boolean stopping;

    private boolean held;
    private boolean nudged;

    /** Of the first nudge since rows were read; of no meaning when there was none. */
    private long nudgedAt;

    /** Of the first nudge before the rows at hand were read; null when there was none. */
    private @Nullable Long told;

    Lane(
            int shard,
            RelayPace pace,
            RelayConfig config,
            OutboxRepository outbox,
            RelayLeases leases,
            RelayLog log,
            HeartbeatLog heartbeats,
            Troubles troubles,
            Timer delay) {
        this.shard = shard;
        this.outbox = outbox;
        this.leases = leases;
        this.log = log;
        this.heartbeats = heartbeats;
        this.troubles = troubles;
        this.delay = delay;
        backoff = new Backoff(FIRST_BACKOFF, config.maxBackoff(), ThreadLocalRandom.current()::nextDouble);
        leaseNanos = config.lease().toNanos();
        crowdNanos = config.crowdWindow().toNanos();
        step = RelayStep.start(pace);
    }

    int shard() {
        return shard;
    }

    RelayStep<OutboxRow> step() {
        return step;
    }

    /** That this replica has the lease, as far as it knows. */
    @Nullable
    Leadership leadership() {
        return switch (step) {
            case Wait<OutboxRow> wait -> wait.leadership();
            case TakeLease<OutboxRow> _ -> null;
            case OpenLog<OutboxRow> open -> open.leadership();
            case KeepLease<OutboxRow> keep -> keep.leadership();
            case ReadMark<OutboxRow> read -> read.leadership();
            case ReadRows<OutboxRow> read -> read.leadership();
            case AppendBatch<OutboxRow> batch -> batch.leadership();
            case DeleteBatch<OutboxRow> delete -> delete.leadership();
            case AppendHeartbeat<OutboxRow> beat -> beat.leadership();
            case GiveUpLease<OutboxRow> giveUp -> giveUp.leadership();
        };
    }

    /** Whether its lease lasts. */
    boolean isLeading() {
        var leadership = leadership();
        return leadership != null && leadership.isKept(System.nanoTime(), leaseNanos);
    }

    /** Something of this shard was committed: one that leads and rests looks at once. Any number of nudges in a turn are one. */
    void nudge() {
        synchronized (this) {
            if (leadership() == null) {
                return; // who leads looks by itself, and so does this one should it lead
            }
            if (!nudged) {
                nudged = true;
                nudgedAt = System.nanoTime();
            }
            if (held || !isIdle()) {
                return;
            }
            held = true;
        }
        letGo();
    }

    /** Whether the caller holds the lane now: it rests, and its time has come. */
    synchronized boolean hold() {
        if (held || (isTroubled() && !stopping)) {
            return false;
        }
        held = true;
        return true;
    }

    /** For who holds a lane that waits. */
    void resume() {
        if (step instanceof Wait<OutboxRow> wait) {
            step = wait.resumed(System.nanoTime());
        }
    }

    /** For who holds the lane: what came of its step. */
    void go(RelayStep<OutboxRow> next) {
        step = next;
        if (next instanceof Wait<OutboxRow> wait) {
            if (wait.leadership() == null) {
                log.close();
            }
            if (wait.pause() != Pause.TROUBLED) {
                backoff.reset();
                troubles.well(shard);
            }
        }
    }

    /** For who holds the lane, and whose call for its step has failed. */
    void failed(RelayStep<OutboxRow> next, Throwable failure) {
        troubles.troubled(shard, failure);
        troubledUntil = System.nanoTime() + backoff.next().toNanos();
        go(next);
    }

    /** Ends the hold. A lane that does not wait, or that was nudged meanwhile, goes on by itself. */
    void letGo() {
        if (goesOn()) {
            Thread.ofVirtual().name("souk-relay-" + shard).start(this::run);
        }
    }

    /** From now on no step follows but the delete of what is sent. */
    void stop() {
        stopping = true;
    }

    /** For who holds the lane, and will not use it again. */
    void close() {
        log.close();
    }

    /** For who holds the lane: does what its step says, itself. */
    void perform() {
        switch (step) {
            case Wait<OutboxRow> _, TakeLease<OutboxRow> _ -> {} // whether to take a lease is for the rounds to say
            case OpenLog<OutboxRow> open ->
                attempt(
                        () -> {
                            log.open();
                            return open.opened();
                        },
                        open::failed);
            case KeepLease<OutboxRow> keep ->
                attempt(
                        () -> leases.keep(Map.of(shard, keep.leadership().term()))
                                        .contains(shard)
                                ? keep.kept(System.nanoTime())
                                : keep.lost(),
                        keep::failed);
            case ReadMark<OutboxRow> read ->
                attempt(
                        () -> read.marked(
                                Objects.requireNonNull(
                                        outbox.marks(Set.of(shard)).get(shard)),
                                System.nanoTime()),
                        read::failed);
            case ReadRows<OutboxRow> read -> attempt(() -> read.read(next()), read::failed);
            case AppendBatch<OutboxRow> batch -> append(batch);
            case DeleteBatch<OutboxRow> delete ->
                attempt(
                        () -> outbox.delete(
                                        shard,
                                        delete.rows(),
                                        delete.leadership().term())
                                ? delete.deleted(System.nanoTime())
                                : delete.notLeading(),
                        delete::unknown);
            case AppendHeartbeat<OutboxRow> beat -> {
                heartbeats.append(shard, beat.mark().watermarks());
                go(beat.appended());
            }
            case GiveUpLease<OutboxRow> giveUp -> {
                log.close(); // before another one may open it
                attempt(
                        () -> {
                            leases.giveUp(Map.of(shard, giveUp.leadership().term()));
                            return giveUp.done();
                        },
                        giveUp::done);
            }
        }
    }

    private void run() {
        do {
            while (step instanceof DeleteBatch || (!stopping && !rests())) {
                if (step instanceof ReadRows && crowded) {
                    gather();
                }
                perform();
            }
        } while (goesOn());
    }

    /** What a crowd commits within a while shares one Kafka transaction, of which each costs as much as many of its rows. */
    private void gather() {
        LockSupport.parkNanos(crowdNanos - (System.nanoTime() - readAt));
    }

    /** Only the rounds can say how it goes on, or a nudge. */
    private boolean rests() {
        return step instanceof Wait || step instanceof TakeLease;
    }

    /** Whether the holder goes on; else the lane rests. */
    private synchronized boolean goesOn() {
        if (!stopping) {
            if (nudged && isIdle()) {
                resume();
            }
            if (!rests()) {
                return true;
            }
        }
        held = false;
        return false;
    }

    private boolean isTroubled() {
        return step instanceof Wait<OutboxRow> wait
                && wait.pause() == Pause.TROUBLED
                && System.nanoTime() - troubledUntil < 0;
    }

    private boolean isIdle() {
        return step instanceof Wait<OutboxRow> wait && wait.pause() == Pause.IDLE;
    }

    private Backlog<OutboxRow> next() {
        synchronized (this) {
            told = nudged ? nudgedAt : null;
            nudged = false; // before the read: what is committed from here on nudges anew
        }
        readAt = System.nanoTime();
        var backlog = outbox.next(shard, served);
        crowded = backlog.all() && backlog.rows().size() >= CROWD;
        return backlog;
    }

    private void append(AppendBatch<OutboxRow> batch) {
        try {
            log.append(batch.rows());
        } catch (RelayLog.Fenced _) {
            go(batch.fenced());
            return;
        } catch (Throwable failure) {
            failed(batch.unknown(), failure);
            return;
        }
        if (told != null) {
            delay.record(System.nanoTime() - told, TimeUnit.NANOSECONDS);
        }
        served = batch.rows().getLast().envelope().tenant().value();
        go(batch.committed());
    }

    /** An Error too: a lane that its thread has left would be held for ever. */
    private void attempt(Supplier<RelayStep<OutboxRow>> call, Supplier<RelayStep<OutboxRow>> failed) {
        RelayStep<OutboxRow> next;
        try {
            next = call.get();
        } catch (Throwable failure) {
            failed(failed.get(), failure);
            return;
        }
        go(next);
    }
}
