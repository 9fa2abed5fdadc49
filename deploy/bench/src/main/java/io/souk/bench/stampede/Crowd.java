package io.souk.bench.stampede;

import io.souk.bench.measure.Latencies;
import io.souk.stack.StackException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Readers that all ask at once, each over a connection of its own, in turn at each of some servers. */
final class Crowd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final HttpClient http;
    private final List<Integer> ports;
    private final int readers;
    private final String authorization;

    Crowd(Vertx vertx, List<Integer> ports, int readers, String token) {
        this.vertx = vertx;
        this.ports = ports;
        this.readers = readers;
        this.authorization = "Bearer " + token;
        http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(readers).setKeepAliveTimeout(0));
    }

    /** The answers, all of them 200, and how long each took from the moment at which all asked; throws otherwise. */
    Set<String> ask(String path, Latencies times) {
        var answers = new HashSet<String>();
        var all = Promise.<Void>promise();
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(_ -> {
            long began = System.nanoTime();
            var asked = new ArrayList<Future<?>>();
            for (int i = 0; i < readers; i++) {
                asked.add(ask(ports.get(i % ports.size()), path).onSuccess(answer -> {
                    answers.add(answer);
                    times.add(System.nanoTime() - began);
                }));
            }
            Future.all(asked).<Void>mapEmpty().onComplete(all);
        });
        try {
            all.future().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return answers;
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Not all of %d readers were answered: %s.".formatted(readers, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the readers asked.", e);
        }
    }

    private Future<String> ask(int port, String path) {
        return http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request ->
                        request.putHeader("Authorization", authorization).send())
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() == 200
                                ? Future.succeededFuture(body.toString())
                                : Future.failedFuture("HTTP " + response.statusCode() + " " + body)));
    }

    @Override
    public void close() {
        http.close();
    }
}
