package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.problem.Problems;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.KeyScan.Page;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Goes through what Redis holds of this service's views, a stretch at a time, so that a walk can be left and taken up elsewhere.
 * A name that is there from beginning to end is met at least once; of a generation that begins meanwhile some may be missed.
 * Nothing here makes an answer stale: what is deleted is data alone, floors and positions go only with their generation.
 *
 * <p>Safe from any thread; fails with what may pass when Redis does not answer.
 */
@Singleton
public final class CacheWalk {
    /** Where a walk begins, and what follows its last stretch. */
    public static final long BEGINNING = 0;

    /** Which entries are meant: those to which all that is named applies. */
    public record Entries(
            @Nullable String kind,
            @Nullable TenantId tenant,
            @Nullable UUID id) {
        /** @throws IllegalArgumentException for an id without a tenant */
        public Entries {
            if (id != null && tenant == null) {
                throw new IllegalArgumentException("an id belongs to a tenant");
            }
        }
    }

    /**
     * A part of a walk: some 200 names, or the entries of one id.
     *
     * @param next where the one behind it begins; {@link #BEGINNING} when this was the last
     * @param names looked at, about, of all that this Redis has
     * @param entries that were deleted, or that were read again
     */
    public record Stretch(long next, long names, long entries) {}

    private record Missing(Page page, Map<Shelf, List<UUID>> ids) {}

    private record Shelf(String kind, TenantId tenant) {}

    private final ViewKeys keys;
    private final Generations generations;
    private final PipelinedRedis redis;
    private final ViewCache cache;

    /** By name: a list of that kind alone, the same one each time, as readers are asked to give it. */
    private final Map<String, List<ViewKind<?>>> kinds = new TreeMap<>();

    CacheWalk(ViewKinds kinds, ViewKeys keys, Generations generations, PipelinedRedis redis, ViewCache cache) {
        this.keys = keys;
        this.generations = generations;
        this.redis = redis;
        this.cache = cache;
        kinds.all().forEach(kind -> this.kinds.put(kind.name(), List.of(kind.kind())));
    }

    /** The kinds of views that this service has; empty where it has none. */
    public Set<String> kinds() {
        return Set.copyOf(kinds.keySet());
    }

    /** How many names a walk looks at: all that this Redis has, those of others too. */
    public Uni<Long> names() {
        return AsyncResultUni.toUni(done -> KeyScan.count(redis.background()).onComplete(done));
    }

    /** Deletes the data of those that there are; the next reader fills them. */
    public Uni<Stretch> clear(Entries meant, long from) {
        return AsyncResultUni.toUni(done -> present()
                .compose(names -> named(names, meant, from))
                .compose(
                        page -> KeyScan.unlink(redis.background(), page.names()).map(gone -> stretch(page, gone)))
                .onComplete(done));
    }

    private Future<Page> named(Keyspace names, Entries meant, long from) {
        var tenant = meant.tenant();
        var id = meant.id();
        if (tenant == null || id == null) {
            return KeyScan.page(
                    redis.background(), keys.data(names, meant.kind(), tenant), Long.toUnsignedString(from));
        }
        var data = kindsOf(meant).stream()
                .map(kind -> new String(data(names, kind, ViewKeys.name(tenant, id)), StandardCharsets.UTF_8))
                .toList();
        return Future.succeededFuture(new Page(KeyScan.BEGINNING, data));
    }

    /**
     * Reads again, from the tables, what this generation has held and holds no more: one statement at a time, behind the bulkhead of
     * all reads, which then fills it. What the generation never heard of is not met; {@link CacheAdmin#rebuild} is for that.
     */
    public Uni<Stretch> rewarm(Entries meant, long from) {
        var tenant = meant.tenant();
        var id = meant.id();
        if (tenant == null || id == null) {
            return AsyncResultUni.<Missing>toUni(done -> present()
                            .compose(names -> missing(names, meant, from))
                            .onComplete(done))
                    .chain(missing -> reread(missing.ids()).map(read -> stretch(missing.page(), read)));
        }
        var ids = new LinkedHashMap<Shelf, List<UUID>>();
        kindsOf(meant).forEach(kind -> ids.put(new Shelf(kind, tenant), List.of(id)));
        return reread(ids).map(read -> new Stretch(BEGINNING, 0, read));
    }

    /** What has a floor and no data. */
    private Future<Missing> missing(Keyspace names, Entries meant, long from) {
        var pattern = keys.floors(names, meant.kind(), meant.tenant());
        return KeyScan.page(redis.background(), pattern, Long.toUnsignedString(from))
                .compose(page -> {
                    var held = new LinkedHashMap<ViewKey, Future<@Nullable Reply>>();
                    page.names().forEach(floor -> {
                        var key = keys.entry(floor);
                        if (key != null && kinds.containsKey(key.kind())) {
                            held.put(key, exists(data(names, key.kind(), ViewKeys.name(key.tenant(), key.id()))));
                        }
                    });
                    return Future.all(List.copyOf(held.values())).map(_ -> new Missing(page, absent(held)));
                });
    }

    private Future<@Nullable Reply> exists(byte[] name) {
        return redis.background().send(RedisCommand.of("EXISTS", 1).arg(name));
    }

    private static Map<Shelf, List<UUID>> absent(Map<ViewKey, Future<@Nullable Reply>> held) {
        var absent = new LinkedHashMap<Shelf, List<UUID>>();
        held.forEach((key, there) -> {
            if (there.result() instanceof Reply.Whole(long one) && one == 0) {
                absent.computeIfAbsent(new Shelf(key.kind(), key.tenant()), _ -> new ArrayList<>())
                        .add(key.id());
            }
        });
        return absent;
    }

    /** How many of them the tables have. */
    private Uni<Long> reread(Map<Shelf, List<UUID>> wanted) {
        var sum = Uni.createFrom().item(0L);
        for (var one : wanted.entrySet()) {
            var ids = one.getValue();
            for (int i = 0; i < ids.size(); i += ViewCache.MAX_IDS) {
                var some = ids.subList(i, Math.min(ids.size(), i + ViewCache.MAX_IDS));
                sum = sum.chain(before -> reread(one.getKey(), some).map(more -> before + more));
            }
        }
        return sum;
    }

    private Uni<Long> reread(Shelf shelf, List<UUID> ids) {
        return cache.rereadAll(shelf.tenant(), ids, Objects.requireNonNull(kinds.get(shelf.kind())), Demand.NONE)
                .map(read -> read.values().stream()
                        .flatMap(List::stream)
                        .filter(view -> !(view instanceof View.Absent))
                        .count());
    }

    private List<String> kindsOf(Entries meant) {
        return meant.kind() == null ? List.copyOf(kinds.keySet()) : List.of(meant.kind());
    }

    private byte[] data(Keyspace names, String kind, byte[] name) {
        return ViewKeys.key(names.data(keys.shard(name)), ViewKeys.kind(kind), name);
    }

    private Future<Keyspace> present() {
        var names = generations.copy();
        return names == null
                ? Future.failedFuture(Problems.unavailable("This replica has not heard of the cache's generation yet"))
                : Future.succeededFuture(names);
    }

    private static Stretch stretch(Page page, long entries) {
        return new Stretch(Long.parseUnsignedLong(page.next()), KeyScan.LOOKED_AT, entries);
    }
}
