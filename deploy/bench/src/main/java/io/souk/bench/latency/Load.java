package io.souk.bench.latency;

import io.souk.bench.arrival.Change;
import io.souk.bench.arrival.Journeys;
import io.souk.bench.arrival.LogArrivals;
import io.souk.bench.arrival.RedisArrivals;
import io.souk.bench.arrival.Writers;
import io.souk.bench.kafka.BareSends;
import io.souk.bench.measure.ClosedLoop;
import io.souk.bench.measure.Driven;
import io.souk.bench.measure.Latencies;
import io.souk.bench.measure.OpenLoop;
import io.souk.bench.redis.RedisLoop;
import io.souk.bench.shop.CardReader;
import io.souk.bench.shop.Product;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.local.Component;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** Writers and readers of one shop, and beside them the bare round trips and sends, all at the same time. */
final class Load implements AutoCloseable {
    /** Of the bare ones each: enough for a p99, too few to be a load. */
    private static final double BARE_PER_SECOND = 20;

    private static final int ROW_BYTES = 1_000;

    /** One for the load, one for what arrives and one for the bare round trips, so that none of them waits for another here. */
    private static final int EVENT_LOOPS = 3;

    private static final int CONNECTIONS = 128;

    /** Busy processors, and some time for the compilers. */
    private static final int WARM_CLIENTS = 8;

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);
    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final Map<Change, Journeys> journeys;
    private final Writers writers;
    private final RedisArrivals arrivals;
    private final RedisLoop bare;
    private final RedisConnection redis;
    private final LogArrivals log;
    private final BareSends sends;
    private final CardReader reads;

    /**
     * What one turn came to.
     *
     * @param roundTrip of a bare Redis
     * @param send of a bare Kafka transaction
     */
    record Turn(
            double writesPerSecond,
            OpenLoop.Outcome writes,
            OpenLoop.Outcome reads,
            Latencies roundTrip,
            Latencies send,
            Map<Change, Journeys.Figures> changes) {
        boolean isKeptUp() {
            return writes.isKeptUp() && reads.isKeptUp() && lost() == 0;
        }

        long lost() {
            return changes.values().stream().mapToLong(Journeys.Figures::lost).sum();
        }

        Journeys.Figures of(Change change) {
            return Objects.requireNonNull(changes.get(change));
        }
    }

    Load(OwnStack stack, Shop shop, List<Product> products, Map<Change, Journeys> journeys)
            throws ExecutionException, InterruptedException {
        this.journeys = journeys;
        int catalog = stack.ports().of(Component.CATALOG);
        var http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setKeepAliveTimeout(0));
        reads = new CardReader(http, catalog, shop.token("customer"), products);
        writers = new Writers(
                http, shop.token("admin"), catalog, stack.ports().of(Component.INVENTORY), journeys, products);
        int redisPort = stack.ports().of(Component.REDIS);
        arrivals = new RedisArrivals(vertx, redisPort, journeys, products);
        bare = new RedisLoop(vertx, redisPort);
        redis = bare.connect();
        log = new LogArrivals(stack.ports().of(Component.KAFKA), journeys);
        sends = new BareSends(stack.ports().of(Component.KAFKA), ROW_BYTES);
    }

    /** Drives the same work as fast as a few clients can, until all has been compiled that runs. */
    void warmUp(double readsToAWrite, Duration time) throws InterruptedException {
        long turns = Math.round(readsToAWrite) + 1;
        Driven.toItsEnd(
                ClosedLoop.run(
                        context,
                        WARM_CLIENTS,
                        time,
                        number -> number % turns == 0 ? change(number / turns) : reads.read(number)),
                time.plus(LAST_ANSWERS));
        settled();
    }

    /** Prices and stock are changed in turn, cards are read; comes back when all of it has arrived or is lost. */
    Turn run(double writesPerSecond, double readsPerSecond, Duration time) throws InterruptedException {
        var roundTrip = new Latencies();
        var send = new Latencies();
        var writes = OpenLoop.run(context, writesPerSecond, time, this::change);
        var read = OpenLoop.run(context, readsPerSecond, time, reads::read);
        var ping = OpenLoop.run(bare.context(), BARE_PER_SECOND, time, _ -> roundTrip(roundTrip));
        sendBare(send, time);
        Driven.toItsEnd(Future.join(writes, read, ping), time.plus(LAST_ANSWERS));
        return new Turn(writesPerSecond, writes.result(), read.result(), roundTrip, send, settled());
    }

    private Future<?> change(long number) {
        return writers.change(number % 2 == 0 ? Change.PRICE : Change.STOCK);
    }

    /** What the changes came to, when all have arrived or are lost. */
    private Map<Change, Journeys.Figures> settled() throws InterruptedException {
        var changes = new EnumMap<Change, Journeys.Figures>(Change.class);
        for (var some : journeys.entrySet()) {
            some.getValue().awaitAll(LAST_ARRIVALS);
            changes.put(some.getKey(), some.getValue().take());
        }
        return changes;
    }

    /** Counted from its sending: what it waits for here is not the round trip's, which so is the shortest it can be. */
    private Future<?> roundTrip(Latencies times) {
        long began = System.nanoTime();
        return redis.send(Request.cmd(Command.PING)).onSuccess(_ -> times.add(System.nanoTime() - began));
    }

    private void sendBare(Latencies times, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            times.add(sends.send());
            Thread.sleep(Math.round(1_000 / BARE_PER_SECOND));
        }
    }

    @Override
    public void close() throws InterruptedException {
        sends.close();
        log.close();
        redis.close();
        arrivals.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
