package io.souk.kit.redis;

import io.souk.kit.health.Degradation;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Without Redis, reads go to the database: slower, and beyond its bulkhead refused. */
@ApplicationScoped
class RedisDegradation implements Degradation {
    private final PipelinedRedis redis;

    RedisDegradation(PipelinedRedis redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public @Nullable String reason() {
        return switch (redis.state()) {
            case READY -> null;
            case SLOW -> "answers too late";
            case AWAY -> "does not answer";
            case UNFIT -> "may evict what must stay: set maxmemory-policy to noeviction or volatile-*";
        };
    }
}
