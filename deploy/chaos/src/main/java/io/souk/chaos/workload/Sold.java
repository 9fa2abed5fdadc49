package io.souk.chaos.workload;

import org.jspecify.annotations.Nullable;

import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Where the last orders and reservations of one tenant are to be read. Bounded; safe for several threads. */
final class Sold {
    private static final int KEPT = 20;

    private final ConcurrentLinkedDeque<String> paths = new ConcurrentLinkedDeque<>();

    void add(String path) {
        paths.addFirst(path);
        if (paths.size() > KEPT) {
            paths.pollLast();
        }
    }

    @Nullable
    String any(Random random) {
        var some = paths.toArray(String[]::new);
        return some.length == 0 ? null : some[random.nextInt(some.length)];
    }
}
