package io.souk.chaos.workload;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Between two requests of one client. */
final class Pause {
    private Pause() {}

    /** Somebody looks, and thinks. */
    static void brief(Random random) {
        millis(100 + random.nextInt(400));
    }

    /**
     * Somebody was not answered, and gives it time: twice as long each time.
     *
     * @param times how often that was so
     */
    static void after(int times, Random random) {
        millis((100 + random.nextInt(400)) << times);
    }

    static void millis(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
