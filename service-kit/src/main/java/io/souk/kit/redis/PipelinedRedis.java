package io.souk.kit.redis;

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
public class PipelinedRedis implements RedisLane {
    private final NetClient client;
    private final RedisWatch watch;
    private final String keyPrefix;
    private final List<RedisLink> links = new ArrayList<>();
    private final RedisLink background;
    private final FastThreadLocal<@Nullable RedisLink> own = new FastThreadLocal<>();

    /** Connects at once; what it counts goes to the registry. */
    public PipelinedRedis(Vertx vertx, RedisConfig config, MeterRegistry registry) {
        var address = RedisAddress.of(config.url());
        watch = new RedisWatch(address, registry);
        keyPrefix = config.keyPrefix().orElse("");
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setTcpKeepAlive(true)
                .setSsl(address.tls())
                .setHostnameVerificationAlgorithm(address.tls() ? "HTTPS" : ""));
        var internal = (VertxInternal) vertx;
        for (EventExecutor executor : internal.getEventLoopGroup()) {
            var context = internal.createEventLoopContext((EventLoop) executor, internal.getWorkerPool(), null);
            var link = new RedisLink(context, client, address, config, watch);
            links.add(link);
            context.runOnContext(_ -> own.set(link));
        }
        background = new RedisLink(internal.createEventLoopContext(), client, address, config, watch);
        links.add(background);
        links.forEach(watch::add);
        links.forEach(RedisLink::start);
    }

    /** Makes the bean, and with it the connections, at the start. */
    void start(@Observes StartupEvent event) {}

    @PreDestroy
    void close() {
        links.forEach(RedisLink::close);
        client.close();
    }

    /** Sends on the event loop's own connection, or from any other thread on the one that is kept for bulk traffic. */
    @Override
    public Future<@Nullable Reply> send(RedisCommand command) {
        var link = own.get();
        return (link == null ? background : link).send(command);
    }

    /** The connection that is kept for bulk traffic, so that no read waits behind it. */
    public RedisLane background() {
        return background;
    }

    /** The worst of all connections: {@code UNFIT} before {@code AWAY} before {@code SLOW} before {@code READY}. */
    public RedisState state() {
        return watch.state();
    }

    /** What every key begins with. */
    public String keyPrefix() {
        return keyPrefix;
    }
}
