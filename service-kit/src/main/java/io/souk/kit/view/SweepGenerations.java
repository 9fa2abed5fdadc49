package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.protocol.Generation;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisState;
import io.souk.kit.redis.Reply;
import io.souk.kit.sweep.Sweep;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deletes what generations that nobody reads have left in Redis: floors and positions have no TTL. One look at some keys per
 * batch, through all of them and then again after the pause.
 */
@Singleton
final class SweepGenerations implements Sweep {
    /** One that is younger may be on its way into the table. */
    private static final Duration YOUTH = Duration.ofMinutes(10);

    private static final String FIRST = "0";
    private static final int LOOKED_AT = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private final PipelinedRedis redis;
    private final ViewKeys keys;
    private final ViewKinds kinds;
    private final GenerationStore store;
    private final Clock clock;
    private String cursor = FIRST;
    private Set<Generation> kept = Set.of();

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
            return Uni.createFrom().item(false);
        }
        return cursor.equals(FIRST) ? store.kept().invoke(found -> kept = found).chain(this::batch) : batch();
    }

    private Uni<Boolean> batch() {
        return AsyncResultUni.toUni(done -> redis.background()
                .send(RedisCommand.of("SCAN", 5)
                        .arg(cursor)
                        .arg("MATCH")
                        .arg(keys.pattern())
                        .arg("COUNT")
                        .arg(LOOKED_AT))
                .compose(this::delete)
                .onComplete(done));
    }

    private Future<Boolean> delete(@Nullable Reply reply) {
        if (!(reply instanceof Reply.Many(var both)
                && both.get(0) instanceof Reply.Bulk next
                && both.get(1) instanceof Reply.Many(var found))) {
            return Future.failedFuture(new IllegalStateException("SCAN answers " + reply));
        }
        var waste = new ArrayList<String>();
        for (var key : found) {
            if (key instanceof Reply.Bulk name && isWaste(keys.generation(name.text()))) {
                waste.add(name.text());
            }
        }
        return unlink(waste).map(_ -> {
            cursor = next.text();
            return !cursor.equals(FIRST);
        });
    }

    private boolean isWaste(@Nullable Generation generation) {
        return generation != null
                && !kept.contains(generation)
                && clock.millis() - generation.madeAtMicros() / MICROS_PER_MILLI > YOUTH.toMillis();
    }

    private Future<?> unlink(List<String> waste) {
        if (waste.isEmpty()) {
            return Future.succeededFuture();
        }
        return Future.all(waste.stream()
                .map(name ->
                        redis.background().send(RedisCommand.of("UNLINK", 1).arg(name)))
                .toList());
    }
}
