package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Builds a generation from the whole log while the old one is read, and then publishes it (the protocol, section 7). */
final class Rebuilder extends Actor {
    private final Service service;
    private @Nullable Generation old;
    private @Nullable Generation fresh;
    private int placed;
    private boolean published;
    private long end;

    Rebuilder(Service service) {
        super(service.world, "rebuilder " + service.name);
        this.service = service;
    }

    @Override
    int weight() {
        return 3;
    }

    @Override
    boolean isReady() {
        return fresh != null || world.strikes(world.scenario.rebuilds);
    }

    @Override
    void step() {
        var generation = fresh;
        if (generation == null) {
            old = service.generation();
            fresh = world.freshGeneration();
            placed = 0;
            published = false;
            end = service.log.partitions[0].stableEnd();
        } else if (placed < service.log.partitions.length) {
            service.cache.place(generation, placed, false, Position.START);
            world.add(new Updater(service, placed, false, "n", generation));
            placed++;
        } else if (!published) {
            publish(generation);
        } else {
            retire();
        }
    }

    private void publish(Generation generation) {
        for (int shard = 0; shard < service.log.partitions.length; shard++) {
            var position = service.cache.position(generation, shard);
            if (position == null || !service.generation().equals(old) || world.calm) {
                fresh = null;
                return;
            }
            if (off(Protection.WATERMARK_PER_GENERATION)) {
                var before = service.cache.position(old, shard);
                if (position.offset() < end - 1 || before == null) {
                    return;
                }
                service.cache.place(generation, shard, false, before);
            } else if (position.watermarks().ownMicros() < world.now - World.BOUND.toNanos() / 1_000) {
                return;
            }
        }
        service.database.generation = generation;
        published = true;
        placed = service.log.partitions.length;
    }

    /** The positions first: from then on nobody trusts what is left of the old generation. */
    private void retire() {
        var generation = Objects.requireNonNull(old);
        if (service.cache.position(generation, 0) != null) {
            if (world.net() != Net.NOT_DONE) {
                service.cache.drop(generation);
            }
        } else {
            service.cache.sweep(generation);
            fresh = null;
        }
    }

    @Override
    void crash() {
        fresh = null;
    }

    @Override
    boolean isIdle() {
        return fresh == null;
    }

    @Override
    String state() {
        return fresh == null ? "idle" : old + " to " + fresh + (published ? " published" : "");
    }
}
