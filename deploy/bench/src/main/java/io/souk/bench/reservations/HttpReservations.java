package io.souk.bench.reservations;

import io.souk.bench.measure.Driven;
import io.souk.stack.StackException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Clients that each send the next reservation as soon as the one before is answered, half of them to each replica. */
final class HttpReservations implements AutoCloseable {
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LONGEST_SALE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final HttpClient http;
    private final List<Integer> ports;
    private final String token;
    private final int clients;

    HttpReservations(List<Integer> ports, String token, int clients) {
        this.ports = ports;
        this.token = token;
        this.clients = clients;
        http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(true)
                .setMaxPoolSize(clients)
                .setKeepAliveTimeout(0));
    }

    /** Their latencies and how many a second. */
    record Turn(double perSecond, Histogram nanos) {}

    /** What was reserved until there was no more, and how many clients were told so. */
    record Sale(long reserved, long refused) {}

    private record Answer(int status, String body, long nanos) {
        StackException unexpected() {
            return new StackException("A reservation was answered with %d %s.".formatted(status, body));
        }
    }

    /** Throws when any is answered with anything but 201. */
    Turn run(String sku, Duration time) {
        var nanos = new ConcurrentHistogram(3);
        long started = System.nanoTime();
        drive(sku, time.plus(GRACE), answer -> {
            if (answer.status() != CREATED) {
                throw answer.unexpected();
            }
            nanos.recordValue(answer.nanos());
            return System.nanoTime() - started < time.toNanos();
        });
        return new Turn(nanos.getTotalCount() / ((System.nanoTime() - started) / 1e9), nanos);
    }

    /** Each client goes on until it hears that nothing is left. Throws when any hears anything else. */
    Sale sellOut(String sku) {
        var reserved = new LongAdder();
        var refused = new LongAdder();
        drive(sku, LONGEST_SALE, answer -> {
            if (answer.status() == CREATED) {
                reserved.increment();
                return true;
            }
            if (answer.status() != CONFLICT || !answer.body().contains("out-of-stock")) {
                throw answer.unexpected();
            }
            refused.increment();
            return false;
        });
        return new Sale(reserved.sum(), refused.sum());
    }

    private void drive(String sku, Duration longest, Predicate<Answer> goesOn) {
        var body =
                Buffer.buffer("{\"lines\": [{\"sku\": \"%s\", \"quantity\": 1}], \"owner\": \"bench\"}".formatted(sku));
        var all = IntStream.range(0, clients)
                .mapToObj(client -> {
                    var done = Promise.<Void>promise();
                    goOn(ports.get(client % ports.size()), body, goesOn, done);
                    return done.future();
                })
                .toList();
        Driven.toItsEnd(Future.all(all), longest);
    }

    private void goOn(int port, Buffer body, Predicate<Answer> goesOn, Promise<Void> done) {
        reserve(port, body).map(goesOn::test).onComplete(more -> {
            if (more.failed()) {
                done.fail(more.cause());
            } else if (more.result()) {
                goOn(port, body, goesOn, done);
            } else {
                done.complete();
            }
        });
    }

    private Future<Answer> reserve(int port, Buffer body) {
        long began = System.nanoTime();
        return http.request(HttpMethod.POST, port, "127.0.0.1", "/v1/reservations")
                .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                        .send(body))
                .compose(response -> response.body()
                        .map(answer ->
                                new Answer(response.statusCode(), answer.toString(), System.nanoTime() - began)));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
