package io.souk.kit.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what goes wrong with Redis; what goes well is counted by those who use it. */
final class LinkMetrics {
    private final Counter late;
    private final Counter refused;
    private final Counter lost;

    LinkMetrics(MeterRegistry registry) {
        late = Counter.builder("souk.redis.late")
                .description("Commands that Redis did not answer in time")
                .register(registry);
        refused = Counter.builder("souk.redis.refused")
                .description("Commands not sent because too many were in flight")
                .register(registry);
        lost = Counter.builder("souk.redis.lost")
                .description("Times that a connection to Redis was lost or found unfit")
                .register(registry);
    }

    void late() {
        late.increment();
    }

    void refused() {
        refused.increment();
    }

    void became(RedisState state) {
        if (state != RedisState.READY) {
            lost.increment();
        }
    }
}
