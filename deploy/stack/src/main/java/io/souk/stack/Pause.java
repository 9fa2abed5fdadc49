package io.souk.stack;

import java.time.Duration;

/** The pause between two looks at a server that is starting. */
final class Pause {
    private Pause() {}

    static void between(Duration looks) {
        try {
            Thread.sleep(looks);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for a server.");
        }
    }
}
