package io.souk.testing;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits until something holds, and no longer. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /** The first value that is right; an {@link AssertionError} with the last one when none was by the deadline. */
    public static <T> T eventually(Duration deadline, Supplier<T> probe, Predicate<T> right) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            T value = probe.get();
            if (right.test(value)) {
                return value;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not within %d ms; last seen: %s".formatted(deadline.toMillis(), value));
            }
            pause();
        }
    }

    /** Comes back once the assertions pass; throws what they last threw when they do not within 20 s. */
    public static void eventually(Runnable assertions) {
        eventually(DEADLINE, assertions);
    }

    /** Comes back once the assertions pass; throws what they last threw when they do not by the deadline. */
    public static void eventually(Duration deadline, Runnable assertions) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            try {
                assertions.run();
                return;
            } catch (AssertionError | RuntimeException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
