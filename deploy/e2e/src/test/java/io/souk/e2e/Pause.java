package io.souk.e2e;

import java.util.concurrent.TimeUnit;

/** What people do between two things. */
final class Pause {
    private Pause() {}

    static void millis(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
