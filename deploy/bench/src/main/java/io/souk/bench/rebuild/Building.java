package io.souk.bench.rebuild;

import java.util.concurrent.CompletableFuture;

/** A rebuild beside which other things happen. */
final class Building {
    private final CompletableFuture<Double> seconds;

    Building(CacheAdministration cache) {
        seconds = CompletableFuture.supplyAsync(() -> {
            long began = System.nanoTime();
            cache.rebuild();
            return (System.nanoTime() - began) / 1e9;
        });
    }

    boolean isRunning() {
        return !seconds.isDone();
    }

    /** How long it took; waits for its end and throws what it has failed with. */
    double seconds() {
        return seconds.join();
    }
}
