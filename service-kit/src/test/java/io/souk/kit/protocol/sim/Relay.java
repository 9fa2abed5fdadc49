package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Backlog;
import io.souk.kit.protocol.Mark;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.RelayStep;
import io.souk.kit.protocol.RelayStep.AppendBatch;
import io.souk.kit.protocol.RelayStep.AppendHeartbeat;
import io.souk.kit.protocol.RelayStep.DeleteBatch;
import io.souk.kit.protocol.RelayStep.GiveUpLease;
import io.souk.kit.protocol.RelayStep.KeepLease;
import io.souk.kit.protocol.RelayStep.OpenLog;
import io.souk.kit.protocol.RelayStep.ReadMark;
import io.souk.kit.protocol.RelayStep.ReadRows;
import io.souk.kit.protocol.RelayStep.TakeLease;
import io.souk.kit.protocol.RelayStep.Wait;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.protocol.sim.Database.OutboxRow;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Does what a {@link RelayStep} says. */
final class Relay extends Actor {
    private final Service service;
    private RelayStep<OutboxRow> next;
    private TransactionLog.@Nullable Producer producer;

    /** How much of a step that takes several calls is done. */
    private int done;

    private @Nullable Mark halfRead;
    private long waitUntil;

    /** Names the process in the lease row. */
    private Object holder = new Object();

    Relay(Service service, String name) {
        super(service.world, "relay " + service.name + name);
        this.service = service;
        next = RelayStep.start(world.pace);
    }

    @Override
    int weight() {
        return 3;
    }

    @Override
    boolean isReady() {
        return !(next instanceof Wait<OutboxRow> wait)
                || world.now >= waitUntil
                || (wait.pause() == RelayStep.Pause.IDLE && !service.database.outbox.isEmpty());
    }

    @Override
    void step() {
        switch (next) {
            case Wait<OutboxRow> step -> go(world.dice.oneIn(50) ? step.yielded() : step.resumed(nanos()));
            case TakeLease<OutboxRow> step -> takeLease(step);
            case OpenLog<OutboxRow> step -> openLog(step);
            case KeepLease<OutboxRow> step -> keepLease(step);
            case ReadMark<OutboxRow> step -> readMark(step);
            case ReadRows<OutboxRow> step -> readRows(step);
            case AppendBatch<OutboxRow> step -> appendBatch(step);
            case DeleteBatch<OutboxRow> step -> deleteBatch(step);
            case AppendHeartbeat<OutboxRow> step -> appendHeartbeat(step);
            case GiveUpLease<OutboxRow> step -> {
                if (world.net() == Net.DONE) {
                    service.database.giveLeaseUp(step.leadership().term());
                }
                go(step.done());
            }
        }
    }

    @Override
    void crash() {
        go(RelayStep.start(world.pace));
        producer = null;
        holder = new Object();
    }

    @Override
    boolean isDelicate() {
        return next instanceof AppendBatch<?>
                || next instanceof DeleteBatch<?>
                || next instanceof AppendHeartbeat<?>
                || next instanceof ReadRows<?>;
    }

    @Override
    String state() {
        return next.getClass().getSimpleName()
                + switch (next) {
                    case Wait<OutboxRow> step -> " " + step.pause();
                    case AppendBatch<OutboxRow> step -> " " + done + " of " + step.rows();
                    case DeleteBatch<OutboxRow> step -> " " + step.rows();
                    case AppendHeartbeat<OutboxRow> step -> " " + step.mark();
                    case ReadRows<OutboxRow> step -> " " + step.mark();
                    default -> "";
                };
    }

    private void go(RelayStep<OutboxRow> then) {
        next = then;
        done = 0;
        halfRead = null;
        if (then instanceof Wait<?> wait) {
            waitUntil = world.now + (wait.pause() == RelayStep.Pause.TROUBLED ? 50_000 : 250_000);
        }
    }

    private void takeLease(TakeLease<OutboxRow> step) {
        var net = world.net();
        var database = service.database;
        if (net == Net.NOT_DONE) {
            go(step.failed());
            return;
        }
        var term = world.freshTerm();
        if (!database.takeLease(holder, term, world.now, world.now + World.LEASE)) {
            go(step.notTaken());
            return;
        }
        go(net == Net.DONE ? step.taken(term, nanos()) : step.failed());
    }

    private void openLog(OpenLog<OutboxRow> step) {
        if (off(Protection.INIT_BEFORE_READ)) {
            producer = null;
            go(step.opened());
            return;
        }
        var net = world.net();
        if (net != Net.NOT_DONE) {
            producer = service.log.init();
        }
        go(net == Net.DONE ? step.opened() : step.failed());
    }

    private void keepLease(KeepLease<OutboxRow> step) {
        var net = world.net();
        if (net == Net.NOT_DONE) {
            go(step.failed());
        } else if (!service.database.keepLease(step.leadership().term(), world.now + World.LEASE)) {
            go(step.lost());
        } else {
            go(net == Net.DONE ? step.kept(nanos()) : step.failed());
        }
    }

    /** In two halves: the transaction's {@code now()}, then the statement's snapshot. */
    private void readMark(ReadMark<OutboxRow> step) {
        boolean clockFirst = !off(Protection.MARK_BEFORE_ROWS);
        var half = halfRead;
        if (half == null) {
            halfRead = clockFirst ? new Mark(Watermarks.own(world.now), 0) : snapshot(0);
        } else {
            var mark = clockFirst
                    ? snapshot(half.watermarks().ownMicros())
                    : new Mark(new Watermarks(world.now, half.watermarks().foreignMicros()), half.topSeq());
            go(step.marked(off(Protection.NOTHING_LEFT_OF_THE_MARK) ? new Mark(mark.watermarks(), 0) : mark, nanos()));
        }
    }

    private Mark snapshot(long own) {
        var source = service.source;
        var foreign = source == null ? Map.<String, Long>of() : Map.of(source.name, earliest(service.database.source));
        return new Mark(new Watermarks(own, foreign), service.database.topSeq());
    }

    static long earliest(Position[] source) {
        long earliest = Long.MAX_VALUE;
        for (var position : source) {
            earliest = Math.min(earliest, position.watermarks().ownMicros());
        }
        return earliest;
    }

    private void readRows(ReadRows<OutboxRow> step) {
        var outbox = service.database.outbox;
        if (outbox.isEmpty()) {
            go(step.read(Backlog.none()));
            return;
        }
        var rows = inTurn(outbox, world.dice.between(1, 3));
        go(step.read(new Backlog<>(rows, outbox.firstKey(), rows.size() == outbox.size())));
    }

    /** Tenants in turn, each tenant's rows by {@code seq}; a key is a tenant. */
    private List<OutboxRow> inTurn(SortedMap<Long, OutboxRow> outbox, int most) {
        var tenants = new ArrayList<Deque<OutboxRow>>();
        for (int key = 0; key < world.scenario.keys; key++) {
            tenants.add(new ArrayDeque<>());
        }
        outbox.values().forEach(row -> tenants.get(row.event().key()).add(row));
        var rows = new ArrayList<OutboxRow>();
        for (int turn = world.dice.below(tenants.size()), empty = 0;
                rows.size() < most && empty < tenants.size();
                turn++) {
            var row = tenants.get(turn % tenants.size()).poll();
            if (row == null) {
                empty++;
            } else {
                empty = 0;
                rows.add(row);
            }
        }
        return rows;
    }

    private void appendBatch(AppendBatch<OutboxRow> step) {
        try {
            if (producer == null) {
                producer = service.log.init();
            }
            var net = world.net();
            if (done < step.rows().size()) {
                if (net != Net.NOT_DONE) {
                    producer.send(step.rows().get(done).event(), world.now);
                }
                done++;
                if (net != Net.DONE) {
                    go(step.unknown());
                }
                return;
            }
            if (off(Protection.DELETE_AFTER_COMMIT) && done == step.rows().size()) {
                service.database.delete(step.rows());
                done++;
                return;
            }
            if (net != Net.NOT_DONE) {
                producer.commit();
            }
            go(net == Net.DONE ? step.committed() : step.unknown());
        } catch (TransactionLog.Fenced _) {
            go(step.fenced());
        }
    }

    private void deleteBatch(DeleteBatch<OutboxRow> step) {
        switch (world.net()) {
            case DONE -> go(delete(step) ? step.deleted(nanos()) : step.notLeading());
            case NOT_DONE -> go(step.unknown());
            case DONE_UNANSWERED -> {
                world.flight.add(() -> delete(step));
                go(step.unknown());
            }
        }
    }

    private boolean delete(DeleteBatch<OutboxRow> step) {
        if (off(Protection.DELETE_UNDER_TERM)) {
            service.database.delete(step.rows());
            return true;
        }
        return service.database.delete(step.rows(), step.leadership().term());
    }

    private void appendHeartbeat(AppendHeartbeat<OutboxRow> step) {
        int partition = done++;
        Runnable call = () -> service.log.heartbeat(partition, step.mark().watermarks(), world.now);
        switch (world.net()) {
            case DONE -> call.run();
            case NOT_DONE -> {}
            case DONE_UNANSWERED -> world.flight.add(call);
        }
        if (done == service.log.partitions.length) {
            go(step.appended());
        }
    }

    private long nanos() {
        return world.now * 1_000;
    }
}
