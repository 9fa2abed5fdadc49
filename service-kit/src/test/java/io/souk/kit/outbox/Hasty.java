package io.souk.kit.outbox;

import java.time.Duration;

/** A relay whose leases a test can wait for. */
record Hasty(int batchRows, Duration crowdWindow) implements RelayConfig {
    Hasty(int batchRows) {
        this(batchRows, Duration.ZERO);
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public int batchBytes() {
        return 1024 * 1024;
    }

    @Override
    public Duration poll() {
        return Duration.ofMillis(20);
    }

    @Override
    public Duration heartbeat() {
        return Duration.ofMillis(100);
    }

    @Override
    public Duration lease() {
        return Duration.ofMillis(600);
    }

    @Override
    public Duration renewal() {
        return Duration.ofMillis(100);
    }

    @Override
    public Duration maxBackoff() {
        return Duration.ofMillis(200);
    }
}
