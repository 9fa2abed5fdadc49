package io.souk.bench.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;
import org.HdrHistogram.Histogram;

import java.util.Optional;

/** The clients of one event loop; everything here happens on it. */
final class Lane {
    private final Context context;
    private final HttpClient http;
    private final int clients;

    /** What one turn of this lane came to. */
    record Turn(Histogram nanos, Failures failed) {}

    Lane(Vertx vertx, int clients) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(true)
                .setMaxPoolSize(clients)
                .setKeepAliveTimeout(0));
        this.clients = clients;
    }

    Future<Turn> run(Target target, long nanos) {
        var done = Promise.<Turn>promise();
        context.runOnContext(_ -> new Loop(target, System.nanoTime() + nanos, done).start());
        return done.future();
    }

    private final class Loop {
        private final Target target;
        private final long until;
        private final Promise<Turn> done;
        private final Histogram nanos = new Histogram(3);
        private int path;
        private int under = clients;
        private Failures failed = Failures.NONE;

        Loop(Target target, long until, Promise<Turn> done) {
            this.target = target;
            this.until = until;
            this.done = done;
        }

        void start() {
            for (int i = 0; i < clients; i++) {
                next();
            }
        }

        private void next() {
            long now = System.nanoTime();
            if (now - until >= 0) {
                if (--under == 0) {
                    done.complete(new Turn(nanos, failed));
                }
                return;
            }
            path = (path + 1) % target.paths().size();
            http.request(
                            HttpMethod.GET,
                            target.port(),
                            "127.0.0.1",
                            target.paths().get(path))
                    .compose(this::send)
                    .onComplete(answer -> answered(answer, now));
        }

        /** Comes to what is wrong about the answer, if anything. */
        private Future<Optional<String>> send(HttpClientRequest request) {
            target.headers().forEach(request::putHeader);
            return request.send()
                    .compose(response -> response.statusCode() == 200
                            ? response.end().map(Optional.empty())
                            : response.body().map(body -> Optional.of(response.statusCode() + " " + body)));
        }

        private void answered(AsyncResult<Optional<String>> wrong, long sent) {
            nanos.recordValue(System.nanoTime() - sent);
            var reason = wrong.succeeded() ? wrong.result() : Optional.of(String.valueOf(wrong.cause()));
            failed = reason.map(failed::and).orElse(failed);
            next();
        }
    }
}
