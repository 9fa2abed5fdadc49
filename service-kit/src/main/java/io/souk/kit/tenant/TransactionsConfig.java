package io.souk.kit.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** Bounds of every transaction and of both connection pools. */
@ConfigMapping(prefix = "souk.transactions")
public interface TransactionsConfig {
    /**
     * How long a request's transaction may take from the moment it has a connection; then it is rolled back and fails. 10 s:
     * longer than any lock wait that is worth it, shorter than a client's patience. The server's own {@code
     * statement_timeout} is the same, for when we cannot tell it any more.
     */
    @WithDefault("10s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration deadline();

    /** The same for the worker's transactions: sweeps and relay batches are bigger, and nobody waits for them. */
    @WithDefault("30s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration workerDeadline();

    /** How long to wait for a free connection; then the request fails as unavailable (503). */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration acquireTimeout();

    /**
     * How many may wait for a connection; the next one fails at once. 512: a pool of 14 connections serves some thousands of
     * short transactions within the acquire timeout, so a full queue means that the database stands still.
     */
    @WithDefault("512")
    @Min(0)
    @Max(100_000)
    int maxWaiting();
}
