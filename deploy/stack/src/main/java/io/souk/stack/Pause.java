package io.souk.stack;

import java.time.Duration;

/** The pause between two looks at something that is not ready yet. */
public final class Pause {
    private Pause() {}

    /** Sleeps; throws when the thread is interrupted, which it then still is. */
    public static void between(Duration looks) {
        try {
            Thread.sleep(looks);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for a server.");
        }
    }
}
