package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.WriteStep;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Changes one row after the other: lock, version, outbox row, commit, put. */
final class Writer extends Actor {
    private enum Stage {
        BEGIN,
        INSERT_EARLY,
        LOCK,
        INSERT,
        COMMIT,
        PUT
    }

    private final Service service;
    private Stage stage = Stage.BEGIN;
    private @Nullable WriteStep write;
    private WriteStep.@Nullable Put put;
    private @Nullable Event event;
    private int key;
    private long began;
    private long seq;

    Writer(Service service, String name) {
        super(service.world, "writer " + service.name + name);
        this.service = service;
    }

    /** One whole write of the key. */
    void write(int key) {
        step();
        this.key = key;
        do {
            step();
        } while (stage != Stage.BEGIN);
    }

    @Override
    boolean isReady() {
        return switch (stage) {
            case BEGIN -> !world.calm && world.dice.oneIn(world.scenario.writes);
            case LOCK -> service.database.locks[key] == null;
            default -> true;
        };
    }

    @Override
    void step() {
        var database = service.database;
        switch (stage) {
            case BEGIN -> {
                write = new WriteStep(service.generation());
                key = world.dice.below(world.scenario.keys);
                began = world.now;
                stage = off(Protection.ROW_LOCK_BEFORE_OUTBOX) ? Stage.INSERT_EARLY : Stage.LOCK;
            }
            case INSERT_EARLY -> {
                seq = database.nextSeq();
                stage = Stage.LOCK;
            }
            case LOCK -> {
                database.locks[key] = this;
                event = change();
                stage = off(Protection.ROW_LOCK_BEFORE_OUTBOX) ? Stage.COMMIT : Stage.INSERT;
            }
            case INSERT -> {
                seq = database.nextSeq();
                stage = Stage.COMMIT;
            }
            case COMMIT -> commit(Objects.requireNonNull(event), Objects.requireNonNull(write));
            case PUT -> put(Objects.requireNonNull(event), Objects.requireNonNull(put));
        }
    }

    @Override
    void crash() {
        disconnected();
        stage = Stage.BEGIN;
    }

    @Override
    void disconnected() {
        if (stage != Stage.PUT) {
            if (service.database.locks[key] == this) {
                service.database.locks[key] = null;
            }
            stage = Stage.BEGIN;
        }
    }

    @Override
    boolean isIdle() {
        return stage == Stage.BEGIN;
    }

    @Override
    boolean isDelicate() {
        return stage == Stage.PUT;
    }

    @Override
    String state() {
        return stage + (stage == Stage.BEGIN ? "" : " key " + key + " " + event);
    }

    private Event change() {
        var row = service.database.rows[key];
        var kind = row.kind();
        if (kind == Event.Kind.LIVE) {
            kind = world.dice.oneIn(world.scenario.deletions) ? Event.Kind.DELETED : Event.Kind.LIVE;
        } else if (kind == Event.Kind.DELETED) {
            kind = world.dice.oneIn(world.scenario.recreations) ? Event.Kind.LIVE : Event.Kind.PURGED;
        } else {
            kind = Event.Kind.LIVE;
        }
        long validUntil = kind == Event.Kind.LIVE && world.dice.oneIn(6)
                ? world.now + world.dice.between(50, 3_000) * 1_000L
                : Long.MAX_VALUE;
        return service.next(key, kind, row.state().foreign(), row.state().unproven(), validUntil, began);
    }

    private void commit(Event event, WriteStep write) {
        var net = world.net();
        if (net == Net.NOT_DONE || world.strikes(15)) {
            disconnected();
            return;
        }
        service.commit(event, service.database.rows[key].foreign(), seq);
        service.database.locks[key] = null;
        if (net == Net.DONE && service.hasEntries && !world.dice.oneIn(3)) {
            put = write.committed(began, service.source != null);
            stage = Stage.PUT;
        } else {
            stage = Stage.BEGIN;
        }
    }

    private void put(Event event, WriteStep.Put put) {
        if (world.net() != Net.NOT_DONE) {
            var generation = off(Protection.GENERATION_BEFORE_TRANSACTION) ? service.generation() : put.generation();
            var entry = Service.entry(event, put.asOf());
            service.cache.put(generation, service.shard(key), new Version<>(key, event.order(), entry, event.state()));
            Invariants.vouch(service, generation, service.shard(key));
        }
        stage = Stage.BEGIN;
    }
}
