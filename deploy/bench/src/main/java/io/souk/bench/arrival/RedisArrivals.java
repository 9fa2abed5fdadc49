package io.souk.bench.arrival;

import io.souk.bench.redis.RedisLoop;
import io.souk.bench.shop.Product;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sees each view in catalog-service's Redis as soon as it is written: Redis itself tells a subscriber. */
public final class RedisArrivals implements AutoCloseable {
    private static final String HEAD = "{catalog:";
    private static final String DATA = "}d:";

    /** Writes of strings, as a key's event: what a view and its floor are. */
    private static final String EVENTS = "E$";

    private static final String CHANNEL = "__keyevent@0__:set";

    /** An entry begins with its order. */
    private static final String ORDER_END = "19";

    private final Map<String, Journeys> byView = new HashMap<>();
    private final Map<UUID, UUID> variants = new HashMap<>();
    private final RedisConnection told;
    private final RedisConnection asked;

    public RedisArrivals(Vertx vertx, int port, Map<Change, Journeys> journeys, List<Product> products) {
        journeys.forEach((change, some) -> byView.put(change.view(), some));
        products.forEach(product -> variants.put(product.id(), product.variant()));
        var loop = new RedisLoop(vertx, port);
        told = loop.connect();
        asked = loop.connect();
        RedisLoop.ask(asked, Request.cmd(Command.CONFIG, "SET", "notify-keyspace-events", EVENTS));
        told.handler(this::hear);
        told.send(Request.cmd(Command.SUBSCRIBE, CHANNEL));
    }

    /** A message is its kind, its channel, and the key that was written. */
    private void hear(Response message) {
        long now = System.nanoTime();
        if (message.size() == 3 && message.get(0).toString().equals("message")) {
            written(message.get(2).toString(), now);
        }
    }

    /** Of keys like <code>{catalog:shard}d:generation:kind:tenant/id</code>. */
    private void written(String key, long now) {
        int data = key.indexOf(DATA);
        int kind = key.indexOf(':', data + DATA.length()) + 1;
        if (!key.startsWith(HEAD) || data < 0 || kind == 0) {
            return;
        }
        var journeys = byView.get(key.substring(kind, key.indexOf(':', kind)));
        var variant = variants.get(UUID.fromString(key.substring(key.indexOf('/') + 1)));
        if (journeys != null && variant != null && journeys.isAwaited(variant)) {
            asked.send(Request.cmd(Command.GETRANGE, key, "0", ORDER_END))
                    .onSuccess(order -> journeys.shown(variant, order.toString(), now));
        }
    }

    @Override
    public void close() {
        told.close();
        asked.close();
    }
}
