package io.souk.kit.view;

import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.consumer.EventConsumers;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisConfig;
import jakarta.inject.Singleton;

import java.util.List;

/** One consumer per kind: group {@code <service>-views-<kind>}. */
@Singleton
final class ViewUpdaters implements EventConsumers {
    private final List<EventConsumer<?>> consumers;

    ViewUpdaters(
            ViewKinds kinds,
            ViewEntries entries,
            ViewLoader loader,
            HintEntries hints,
            PipelinedRedis redis,
            RedisConfig config) {
        // half of what the connection holds, for all together: the rest is for whoever else uses it
        int slice = Math.max(1, config.inFlight() / 2 / Math.max(1, kinds.all().size()));
        consumers = kinds.all().stream()
                .<EventConsumer<?>>map(kind -> new ViewUpdater<>(kind, entries, loader, hints, redis, slice))
                .toList();
    }

    @Override
    public List<EventConsumer<?>> consumers() {
        return consumers;
    }
}
