package io.souk.bench.reservations;

import io.souk.bench.measure.Driven;
import io.souk.stack.StackException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Clients that each send the next reservation as soon as the one before is answered, half of them to each replica. */
final class HttpReservations implements AutoCloseable {
    private static final int CREATED = 201;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final HttpClient http;
    private final List<Integer> ports;
    private final String token;
    private final Buffer body;
    private final int clients;

    HttpReservations(List<Integer> ports, String token, String sku, int clients) {
        this.ports = ports;
        this.token = token;
        this.clients = clients;
        this.body =
                Buffer.buffer("{\"lines\": [{\"sku\": \"%s\", \"quantity\": 1}], \"owner\": \"bench\"}".formatted(sku));
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(true)
                .setMaxPoolSize(clients)
                .setKeepAliveTimeout(0));
    }

    /** Their latencies and how many a second. */
    record Turn(double perSecond, Histogram nanos) {}

    /** Throws when any is answered with anything but 201. */
    Turn run(Duration time) {
        var nanos = new ConcurrentHistogram(3);
        var failure = new AtomicReference<@Nullable String>();
        var under = new AtomicInteger(clients);
        var done = Promise.<Void>promise();
        long started = System.nanoTime();
        long until = started + time.toNanos();
        for (int i = 0; i < clients; i++) {
            int port = ports.get(i % ports.size());
            next(port, until, nanos, failure, () -> {
                if (under.decrementAndGet() == 0) {
                    done.complete();
                }
            });
        }
        Driven.toItsEnd(done.future(), time.plus(GRACE));
        if (failure.get() != null) {
            throw new StackException("A reservation failed: %s.".formatted(failure.get()));
        }
        return new Turn(nanos.getTotalCount() / ((System.nanoTime() - started) / 1e9), nanos);
    }

    private void next(int port, long until, Histogram nanos, AtomicReference<@Nullable String> failure, Runnable over) {
        long now = System.nanoTime();
        if (now - until >= 0 || failure.get() != null) {
            over.run();
            return;
        }
        http.request(HttpMethod.POST, port, "127.0.0.1", "/v1/reservations")
                .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                        .send(body))
                .compose(response -> response.body().map(answer -> {
                    if (response.statusCode() != CREATED) {
                        failure.compareAndSet(null, response.statusCode() + " " + answer);
                    }
                    return response.statusCode();
                }))
                .onComplete(answered -> {
                    if (answered.failed()) {
                        failure.compareAndSet(null, String.valueOf(answered.cause()));
                    }
                    nanos.recordValue(System.nanoTime() - now);
                    next(port, until, nanos, failure, over);
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
