package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.protocol.Generation;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisState;
import io.souk.kit.sweep.Sweep;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Deletes what generations that nobody reads have left in Redis: floors and positions have no TTL. One look at some keys per
 * batch, through all of them and then again after the pause.
 */
@Singleton
final class SweepGenerations implements Sweep {
    /** One that is younger may be on its way into the table. */
    private static final Duration YOUTH = Duration.ofMinutes(10);

    private static final long MICROS_PER_MILLI = 1_000;

    private final PipelinedRedis redis;
    private final ViewKeys keys;
    private final ViewKinds kinds;
    private final GenerationStore store;
    private final Clock clock;
    private String cursor = KeyScan.BEGINNING;

    SweepGenerations(PipelinedRedis redis, ViewKeys keys, ViewKinds kinds, GenerationStore store, Clock clock) {
        this.redis = redis;
        this.keys = keys;
        this.kinds = kinds;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cache-generations";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Boolean> sweep() {
        if (kinds.all().isEmpty() || redis.state() != RedisState.READY) {
            cursor = KeyScan.BEGINNING;
            return Uni.createFrom().item(false);
        }
        // asked for before each batch: a pass may take longer than a generation is young
        return store.kept()
                .chain(kept -> AsyncResultUni.toUni(done -> KeyScan.page(redis.background(), keys.pattern(), cursor)
                        .compose(page -> delete(page, kept))
                        .onComplete(done)));
    }

    private Future<Boolean> delete(KeyScan.Page page, Set<Generation> kept) {
        var waste = page.names().stream()
                .filter(name -> isWaste(keys.generation(name), kept))
                .toList();
        return KeyScan.unlink(redis.background(), waste).map(_ -> {
            cursor = page.next();
            return !cursor.equals(KeyScan.BEGINNING);
        });
    }

    private boolean isWaste(@Nullable Generation generation, Set<Generation> kept) {
        return generation != null
                && !kept.contains(generation)
                && clock.millis() - generation.madeAtMicros() / MICROS_PER_MILLI > YOUTH.toMillis();
    }
}
