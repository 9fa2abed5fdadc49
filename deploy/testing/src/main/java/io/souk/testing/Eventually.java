package io.souk.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits until something holds, and no longer. The last try begins after the deadline, so that a machine that stood still in
 * between does not fail what holds by now.
 */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /**
     * The first value that is right; an {@link AssertionError} with the last one when none was by the deadline, or what the probe
     * threw instead of it. A probe that throws is tried again: one refused request is not the end of a wait.
     */
    public static <T> T eventually(Duration deadline, Supplier<T> probe, Predicate<T> right) {
        var found = new AtomicReference<T>();
        eventually(deadline, () -> {
            T value = probe.get();
            if (!right.test(value)) {
                throw new AssertionError("not within %d ms; last seen: %s".formatted(deadline.toMillis(), value));
            }
            found.set(value);
        });
        return found.get();
    }

    /** Comes back once the assertions pass; throws what they last threw when they do not within 90 s. */
    public static void eventually(Runnable assertions) {
        eventually(DEADLINE, assertions);
    }

    /** Comes back once the assertions pass; throws what they last threw when they do not by the deadline. */
    public static void eventually(Duration deadline, Runnable assertions) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            boolean last = System.nanoTime() - end > 0;
            try {
                assertions.run();
                return;
            } catch (AssertionError | RuntimeException e) {
                if (last) {
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
