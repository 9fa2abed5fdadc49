package io.souk.bench.http;

import io.souk.bench.measure.Driven;
import io.souk.bench.process.ProcessFacts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of this process that each send a request as soon as the one before is answered, over a connection of their own.
 * Two event loops drive them, so that one core never bounds what is measured.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final int LANES = 2;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LANES));
    private final List<Lane> lanes = new ArrayList<>();

    /** With as many requests under way at any moment; an even number. */
    public LoadGenerator(int clients) {
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane(vertx, clients / LANES));
        }
    }

    /** Asks for that long and waits for the last answers. */
    public Measured run(Target target, Duration time) {
        var cpuBefore = ProcessFacts.cpuTime(target.server());
        long started = System.nanoTime();
        var turns = lanes.stream().map(lane -> lane.run(target, time.toNanos())).toList();
        var nanos = new Histogram(3);
        var failed = Failures.NONE;
        for (var turn : turns) {
            var one = Driven.toItsEnd(turn, time.plus(GRACE));
            nanos.add(one.nanos());
            failed = failed.and(one.failed());
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        var cpu = ProcessFacts.cpuTime(target.server()).minus(cpuBefore);
        return new Measured(seconds, failed, nanos, cpu.toNanos());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
