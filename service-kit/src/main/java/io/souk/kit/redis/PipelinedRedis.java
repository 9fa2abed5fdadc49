package io.souk.kit.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Sends commands to Redis without waiting for a connection: each event loop has its own. Connected before the first
 * request comes, where Redis is there.
 *
 * <p>A future fails with {@link RedisError} when Redis answered so, and with {@link RedisUnavailable} when it did not answer.
 * Nothing is retried. Answers come on the caller's context.
 */
@Singleton
public class PipelinedRedis {
    private final NetClient client;
    private final String keyPrefix;
    private final List<RedisLink> links = new ArrayList<>();
    private final RedisLink background;
    private final FastThreadLocal<@Nullable RedisLink> own = new FastThreadLocal<>();

    PipelinedRedis(Vertx vertx, RedisConfig config, MeterRegistry registry) {
        var address = RedisAddress.of(config.url());
        var metrics = new LinkMetrics(registry);
        keyPrefix = config.keyPrefix().orElse("");
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setTcpKeepAlive(true)
                .setSsl(address.tls())
                .setHostnameVerificationAlgorithm(address.tls() ? "HTTPS" : ""));
        var internal = (VertxInternal) vertx;
        for (EventExecutor executor : internal.getEventLoopGroup()) {
            var context = internal.createEventLoopContext((EventLoop) executor, internal.getWorkerPool(), null);
            var link = new RedisLink(context, client, address, config, metrics);
            links.add(link);
            context.runOnContext(_ -> own.set(link));
        }
        background = new RedisLink(internal.createEventLoopContext(), client, address, config, metrics);
        links.add(background);
        links.forEach(RedisLink::start);
        Gauge.builder("souk.redis.ready", this, redis -> redis.state() == RedisState.READY ? 1 : 0)
                .description("Whether Redis can be used")
                .register(registry);
    }

    /** Makes the bean, and with it the connections, at the start. */
    void start(@Observes StartupEvent event) {}

    @PreDestroy
    void close() {
        links.forEach(RedisLink::close);
        client.close();
    }

    /** Sends on the event loop's own connection; from any other thread as {@link #sendInBackground}. */
    public Future<@Nullable Reply> send(RedisCommand command) {
        var link = own.get();
        return (link == null ? background : link).send(command);
    }

    /** Sends on the connection that is kept for bulk traffic, so that no read waits behind it. */
    public Future<@Nullable Reply> sendInBackground(RedisCommand command) {
        return background.send(command);
    }

    /** Runs a script by its hash, and by its text where Redis does not know it (a restart, SCRIPT FLUSH). */
    public Future<@Nullable Reply> run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return run(this::send, script, keys, arguments);
    }

    /** As {@link #run}, on the connection that is kept for bulk traffic. */
    public Future<@Nullable Reply> runInBackground(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return run(this::sendInBackground, script, keys, arguments);
    }

    private static Future<@Nullable Reply> run(
            Sender sender, RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return sender.send(script.byHash(keys, arguments))
                .recover(failure -> failure instanceof RedisError error && error.is("NOSCRIPT")
                        ? sender.send(script.byText(keys, arguments))
                        : Future.failedFuture(failure));
    }

    private interface Sender {
        Future<@Nullable Reply> send(RedisCommand command);
    }

    /** The worst of all connections: {@code UNFIT} before {@code AWAY} before {@code READY}. */
    public RedisState state() {
        var worst = RedisState.READY;
        for (var link : links) {
            var state = link.state();
            if (state.compareTo(worst) > 0) {
                worst = state;
            }
        }
        return worst;
    }

    /** What every key begins with. */
    public String keyPrefix() {
        return keyPrefix;
    }
}
