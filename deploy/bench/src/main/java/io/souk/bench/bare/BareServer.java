package io.souk.bench.bare;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import java.util.function.Supplier;

/** Answers every path with what Redis has under {@link #key}. Runs until it is stopped. */
public final class BareServer extends AbstractVerticle {
    private static final String PREFIX = "bench:";

    private final int port;
    private final Supplier<Future<RedisRead>> readers;

    private BareServer(int port, Supplier<Future<RedisRead>> readers) {
        this.port = port;
        this.readers = readers;
    }

    /** Where the answer to a path has to be put. */
    public static String key(String path) {
        return PREFIX + path.substring(path.lastIndexOf('/') + 1);
    }

    /** Arguments: the port to listen on, a {@link Way}, Redis' port, the number of event loops. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int eventLoops = Integer.parseInt(arguments[3]);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
        var readers = Way.valueOf(arguments[1]).readers(vertx, Integer.parseInt(arguments[2]));
        vertx.deployVerticle(() -> new BareServer(port, readers), new DeploymentOptions().setInstances(eventLoops))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    @Override
    public void start(Promise<Void> started) {
        readers.get()
                .compose(redis -> vertx.createHttpServer(
                                new HttpServerOptions().setPort(port).setHost("127.0.0.1"))
                        .requestHandler(request -> answer(request, redis))
                        .listen())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private static void answer(HttpServerRequest request, RedisRead redis) {
        redis.get(key(request.uri())).onComplete(read -> {
            var response = request.response();
            if (read.succeeded()) {
                response.putHeader("Content-Type", "application/json").end(read.result());
            } else {
                response.setStatusCode(500).end();
            }
        });
    }
}
