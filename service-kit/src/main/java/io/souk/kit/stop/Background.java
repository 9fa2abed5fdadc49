package io.souk.kit.stop;

import java.time.Duration;

/** A bean of this type works beside the requests, and is told when the service ends. Everybody is told before anybody is waited for. */
public interface Background {
    /** Begins nothing new from now on. Comes back at once. */
    void stop();

    /** Comes back when what was under way has ended, or when the time is over; what runs on then is left to fail. */
    void awaitEnd(Duration most) throws InterruptedException;
}
