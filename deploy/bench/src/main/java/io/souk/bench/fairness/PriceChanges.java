package io.souk.bench.fairness;

import io.souk.bench.arrival.Change;
import io.souk.bench.arrival.Journeys;
import io.souk.bench.arrival.LogArrivals;
import io.souk.bench.arrival.RedisArrivals;
import io.souk.bench.arrival.Writers;
import io.souk.bench.measure.Driven;
import io.souk.bench.measure.OpenLoop;
import io.souk.bench.shop.CardReader;
import io.souk.bench.shop.Product;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.local.Component;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Single price changes of one tenant, each followed until a reader of the card sees it. */
final class PriceChanges implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final Journeys journeys;
    private final Writers writers;
    private final RedisArrivals redis;
    private final LogArrivals log;
    private final CardReader cards;

    record Turn(OpenLoop.Outcome changes, Journeys.Figures arrived) {}

    PriceChanges(OwnStack stack, Shop shop, List<Product> products, Map<Change, Journeys> journeys) {
        this.journeys = Objects.requireNonNull(journeys.get(Change.PRICE));
        var http = vertx.createHttpClient();
        int catalog = stack.ports().of(Component.CATALOG);
        cards = new CardReader(http, catalog, shop.token("customer"), products);
        writers = new Writers(
                http, shop.token("admin"), catalog, stack.ports().of(Component.INVENTORY), journeys, products);
        redis = new RedisArrivals(vertx, stack.ports().of(Component.REDIS), journeys, products);
        log = new LogArrivals(stack.ports().of(Component.KAFKA), journeys);
    }

    /** At an even pace for that time; comes back when all have arrived or are lost. */
    Turn run(double perSecond, Duration time) throws InterruptedException {
        var changes = OpenLoop.run(context, perSecond, time, _ -> change());
        var made = Driven.toItsEnd(changes, time.plus(PATIENCE));
        journeys.awaitAll(LAST_ARRIVALS);
        return new Turn(made, journeys.take());
    }

    private Future<?> change() {
        return writers.change(Change.PRICE).compose(product -> seen(product, writers.amount(product)));
    }

    private Future<Void> seen(Product product, long amount) {
        return cards.read(product)
                .compose(card -> card.contains("\"amount\":" + amount + ",")
                        ? Future.succeededFuture()
                        : vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS).compose(_ -> seen(product, amount)));
    }

    @Override
    public void close() throws InterruptedException {
        log.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
