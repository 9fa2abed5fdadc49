package io.souk.bench.imports;

import io.souk.stack.StackException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the cache of the catalogue holds for one tenant, looked up in Redis itself so that looking fills nothing. */
final class CachedCards implements AutoCloseable {
    private static final int KEYS_PER_STEP = 5_000;
    private static final String PRODUCT = "product";

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final String pattern;

    /**
     * @param complete products whose view has both its data and its floor
     * @param others data entries of the card's other views, by kind
     */
    record Count(long complete, Map<String, Long> others) {}

    CachedCards(int port, String tenant) {
        redis = Redis.createClient(vertx, "redis://127.0.0.1:" + port);
        pattern = "{catalog:*}[df]:*:*:" + tenant + "/*";
    }

    Count count() {
        var data = new HashMap<String, Set<String>>();
        var floors = new HashMap<String, Set<String>>();
        var cursor = "0";
        do {
            var page = send(Request.cmd(Command.SCAN, cursor, "MATCH", pattern, "COUNT", KEYS_PER_STEP));
            cursor = page.get(0).toString();
            for (var key : page.get(1)) {
                note(key.toString(), data, floors);
            }
        } while (!cursor.equals("0"));
        var complete = new HashSet<>(data.getOrDefault(PRODUCT, Set.of()));
        complete.retainAll(floors.getOrDefault(PRODUCT, Set.of()));
        var others = new TreeMap<String, Long>(Map.of("price", 0L, "availability", 0L));
        data.forEach((kind, ids) -> others.put(kind, (long) ids.size()));
        others.remove(PRODUCT);
        return new Count(complete.size(), others);
    }

    /** A key is {@code {catalog:shard}d:generation:kind:tenant/id}, with f instead of d for a floor. */
    private static void note(String key, Map<String, Set<String>> data, Map<String, Set<String>> floors) {
        int use = key.indexOf('}') + 1;
        int kind = key.indexOf(':', use + 2) + 1;
        int kindEnd = key.indexOf(':', kind);
        var ids = key.charAt(use) == 'd' ? data : floors;
        ids.computeIfAbsent(key.substring(kind, kindEnd), _ -> new HashSet<>())
                .add(key.substring(key.indexOf('/', kindEnd) + 1));
    }

    private Response send(Request request) {
        return await(redis.send(request).map(response -> Objects.requireNonNull(response)));
    }

    private static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Redis does not answer: %s.".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking Redis.", e);
        }
    }

    @Override
    public void close() {
        redis.close();
        await(vertx.close());
    }
}
