package io.souk.bench.bare;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.redis.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.Supplier;

/** The ways to Redis that are compared. */
public enum Way {
    /** The Vert.x client, one of its connections kept per event loop: no pool in between. */
    CLIENT_CONNECTION {
        @Override
        Supplier<Future<RedisRead>> readers(Vertx vertx, int port) {
            return () -> Redis.createClient(vertx, options(port))
                    .connect()
                    .map(connection -> key -> buffer(connection.send(Request.cmd(Command.GET, key))));
        }
    },

    /** The Vert.x client as it is mostly used: every command takes a connection out of the pool. */
    CLIENT_POOL {
        @Override
        Supplier<Future<RedisRead>> readers(Vertx vertx, int port) {
            var redis = Redis.createClient(vertx, options(port));
            return () -> Future.succeededFuture(key -> buffer(redis.send(Request.cmd(Command.GET, key))));
        }
    },

    /** The connection of the service kit. */
    KIT {
        @Override
        Supplier<Future<RedisRead>> readers(Vertx vertx, int port) {
            var config = new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(RedisConfig.class)
                    .withDefaultValue("souk.redis.url", url(port))
                    .build()
                    .getConfigMapping(RedisConfig.class);
            var redis = new PipelinedRedis(vertx, config, new SimpleMeterRegistry());
            return () -> Future.succeededFuture(
                    key -> redis.send(RedisCommand.of("GET", 1).arg(key)).map(Way::bytes));
        }
    };

    /** More than there are requests under way. */
    private static final int MOST_WAITING = 1_024;

    /** Makes a reader, on the event loop that will use it. */
    abstract Supplier<Future<RedisRead>> readers(Vertx vertx, int port);

    private static RedisOptions options(int port) {
        return new RedisOptions()
                .setConnectionString(url(port))
                .setMaxPoolWaiting(MOST_WAITING)
                .setMaxWaitingHandlers(MOST_WAITING);
    }

    private static String url(int port) {
        return "redis://127.0.0.1:" + port;
    }

    private static Future<Buffer> buffer(Future<@Nullable Response> reply) {
        return reply.map(response -> Objects.requireNonNull(response).toBuffer());
    }

    private static Buffer bytes(@Nullable Reply reply) {
        if (reply instanceof Reply.Bulk bulk) {
            return bulk.from(0);
        }
        throw new IllegalStateException("no such key");
    }
}
