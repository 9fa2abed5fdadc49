package io.souk.kit.redis;

import io.souk.testing.OwnServer;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A configuration for a Redis that a test has for itself; patient, unless the test is about a Redis that is slow. */
public record RedisSettings(
        String url,
        Duration commandTimeout,
        Duration connectTimeout,
        Duration reconnectMax,
        int inFlight,
        Optional<String> keyPrefix,
        int slowAfter,
        Duration slowWindow,
        Duration slowPause)
        implements RedisConfig {
    /** For tests of what is done about a Redis that does not answer in time. */
    public static final Duration HURRIED = Duration.ofMillis(250);

    public static RedisSettings of(OwnServer server) {
        return new RedisSettings(
                Objects.requireNonNull(server.config().get("souk.redis.url")),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                1024,
                Optional.empty(),
                4,
                Duration.ofSeconds(5),
                Duration.ofMillis(200));
    }

    public RedisSettings withInFlight(int bound) {
        return new RedisSettings(
                url, commandTimeout, connectTimeout, reconnectMax, bound, keyPrefix, slowAfter, slowWindow, slowPause);
    }

    public RedisSettings withCommandTimeout(Duration timeout) {
        return new RedisSettings(
                url, timeout, connectTimeout, reconnectMax, inFlight, keyPrefix, slowAfter, slowWindow, slowPause);
    }

    public RedisSettings withUrl(String other) {
        return new RedisSettings(
                other,
                commandTimeout,
                connectTimeout,
                reconnectMax,
                inFlight,
                keyPrefix,
                slowAfter,
                slowWindow,
                slowPause);
    }
}
