package io.souk.kit.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;
import java.util.Optional;

/** Where Redis is, and how long we wait for it. */
@ConfigMapping(prefix = "souk.redis")
public interface RedisConfig {
    /**
     * {@code redis://[[user]:password@]host[:port][/database]}; {@code rediss} for TLS. Default: the local stack's Redis. With
     * an address that nothing answers on, every read goes to the database.
     */
    @WithDefault("redis://localhost:16379")
    @NotBlank
    String url();

    /**
     * After how long an unanswered command fails; checked every quarter of it. Default 250 ms: far above what a healthy Redis
     * takes, and an eighth of the time for which a view may be out of date. Much lower, and a collector's pause makes reads go
     * to the database; much higher, and readers wait for a Redis that is gone.
     */
    @WithDefault("250ms")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 10)
    Duration commandTimeout();

    /** How long a connection may take to be made, greeting included. Default 1 s: enough for TLS to a distant zone. */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /**
     * How many checks within {@link #slowWindow} may find late commands; then reads go to the database without waiting. Default 4, a
     * second's checks: one pause of Redis is found by one or two of them.
     */
    @WithDefault("4")
    @Min(1)
    @Max(1_000)
    int slowAfter();

    /** See {@link #slowAfter}. Default 5 s. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration slowWindow();

    /**
     * How long a Redis that answers too late is left alone before a probe; up to half of it is taken off at random, and it is doubled
     * up to eight times as long while probes are late. Default 1 s: recovery is seen that soon.
     */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration slowPause();

    /** The longest wait between two attempts to connect; the first is 50 ms. Default 2 s: recovery is seen that soon. */
    @WithDefault("2s")
    @DurationMin(millis = 50)
    @DurationMax(minutes = 5)
    Duration reconnectMax();

    /**
     * How many commands may be unanswered on one connection; one more fails at once. Default 1024, some 50 ms of a busy
     * connection: a longer queue would only time out.
     */
    @WithDefault("1024")
    @Min(1)
    @Max(1_000_000)
    int inFlight();

    /** Put before every key, so that test runs can share a server. Default: nothing. No braces: the first pair says in which slot a key lies. */
    Optional<@Pattern(regexp = "[^{}]*") String> keyPrefix();
}
