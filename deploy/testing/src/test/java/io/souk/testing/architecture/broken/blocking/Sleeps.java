package io.souk.testing.architecture.broken.blocking;

import java.time.Duration;

final class Sleeps {
    void sleeps() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(1));
    }
}
