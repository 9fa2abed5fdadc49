package io.souk.inventory.reservation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many at once. */
public final class Race {
    private Race() {}

    /** What each of them got, in the order of their numbers from 0. */
    public static <T> List<T> all(int runners, IntFunction<T> run) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, runners)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> run.apply(i), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }
}
