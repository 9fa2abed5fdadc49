package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds ids by natural keys. What it finds is a hint: the caller confirms it against what it points to, and where that
 * says otherwise asks again with {@link #reload}. A key of which nothing is known is read from the own tables, once for
 * all who ask at the same time; that nothing has it is remembered for no longer than {@link ViewConfig#lookupAbsence}.
 *
 * <p>Fails as {@link ViewCache} does. Safe from any thread; answers on the caller's Vert.x context.
 */
@Singleton
public class Lookups {
    /** How many keys one call may ask for. */
    public static final int MAX_KEYS = 200;

    private record LookupKey(String lookup, TenantId tenant, String key) {}

    /** What becomes of the hints after a look at the tables. */
    private enum Note {
        /** Nothing: Redis could not be asked. */
        NONE,
        /** Nothing was said of the key; where nothing has it, that is noted for a moment. */
        NEW,
        /** What was said has turned out wrong; where nothing has the key, it is taken back. */
        CORRECTED
    }

    private final PipelinedRedis redis;
    private final Generations generations;
    private final HintEntries hints;
    private final SharedLoads<LookupKey, Optional<UUID>> loads;

    Lookups(
            Vertx vertx,
            PipelinedRedis redis,
            Generations generations,
            HintEntries hints,
            Bulkhead bulkhead,
            ViewConfig config) {
        this.redis = redis;
        this.generations = generations;
        this.hints = hints;
        this.loads = new SharedLoads<>((VertxInternal) vertx, bulkhead, config.loadTimeout());
    }

    /**
     * The ids by key; a key that nothing has is left out.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_KEYS} keys
     */
    public Uni<Map<String, UUID>> find(TenantId tenant, LookupKind kind, Collection<String> keys) {
        var wanted = bounded(keys);
        return AsyncResultUni.toUni(answer -> read(tenant, kind, wanted)
                .transform(known -> known.succeeded()
                        ? complete(tenant, kind, wanted, known.result())
                        : load(tenant, kind, wanted, Note.NONE))
                .onComplete(answer));
    }

    private Future<Map<String, Optional<UUID>>> read(TenantId tenant, LookupKind kind, Set<String> wanted) {
        var names = generations.copy();
        return names == null ? Future.succeededFuture(Map.of()) : hints.read(names, tenant, kind.name(), wanted);
    }

    /** As {@link #find}, from the own tables as they are after the call, whatever the hints say; the hints are corrected. */
    public Uni<Map<String, UUID>> reload(TenantId tenant, LookupKind kind, Collection<String> keys) {
        var wanted = bounded(keys);
        return AsyncResultUni.toUni(
                answer -> load(tenant, kind, wanted, Note.CORRECTED).onComplete(answer));
    }

    /** Notes what the caller knows to be so. Best effort; returns at once. */
    public void hint(TenantId tenant, LookupKind kind, Map<String, UUID> known) {
        var names = generations.copy();
        known.forEach((key, id) -> {
            loads.forget(new LookupKey(kind.name(), tenant, key));
            if (names != null) {
                hints.put(redis, names, tenant, kind, key, id);
            }
        });
    }

    /** A change that vouches for these keys has been committed: whoever asks from now on must not share an older look. */
    void changed(TenantId tenant, Map<LookupKind, Set<String>> vouched) {
        vouched.forEach((kind, keys) -> keys.forEach(key -> loads.forget(new LookupKey(kind.name(), tenant, key))));
    }

    private Future<Map<String, UUID>> complete(
            TenantId tenant, LookupKind kind, Set<String> wanted, Map<String, Optional<UUID>> known) {
        var found = new HashMap<String, UUID>();
        var unknown = new ArrayList<String>();
        for (var key : wanted) {
            var noted = known.get(key);
            if (noted == null) {
                unknown.add(key);
            } else {
                noted.ifPresent(id -> found.put(key, id));
            }
        }
        return unknown.isEmpty()
                ? Future.succeededFuture(found)
                : load(tenant, kind, unknown, Note.NEW).map(loaded -> {
                    found.putAll(loaded);
                    return found;
                });
    }

    private Future<Map<String, UUID>> load(TenantId tenant, LookupKind kind, Collection<String> keys, Note note) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        var wanted = keys.stream()
                .map(key -> new LookupKey(kind.name(), tenant, key))
                .toList();
        return loads.load(tenant, wanted, note == Note.CORRECTED, own -> read(tenant, kind, own, note))
                .map(given -> found(given.values()))
                .recover(failure -> Future.failedFuture(ViewCache.told(failure)));
    }

    private Uni<Function<LookupKey, Optional<UUID>>> read(
            TenantId tenant, LookupKind kind, List<LookupKey> own, Note note) {
        var keys = own.stream().map(LookupKey::key).toList();
        return kind.load(tenant, keys).map(ids -> key -> {
            var id = Optional.ofNullable(ids.get(key.key()));
            note(tenant, kind, key.key(), id, note);
            return id;
        });
    }

    private void note(TenantId tenant, LookupKind kind, String key, Optional<UUID> id, Note note) {
        var names = generations.copy();
        if (names == null || note == Note.NONE) {
            return;
        }
        if (id.isPresent()) {
            hints.put(redis, names, tenant, kind, key, id.get());
        } else if (note == Note.NEW) {
            hints.putNothing(names, tenant, kind, key);
        } else {
            hints.forget(names, tenant, kind, key);
        }
    }

    private static Map<String, UUID> found(Map<LookupKey, Optional<UUID>> loaded) {
        var ids = new HashMap<String, UUID>();
        loaded.forEach((key, found) -> found.ifPresent(id -> ids.put(key.key(), id)));
        return ids;
    }

    private static Set<String> bounded(Collection<String> keys) {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("at most " + MAX_KEYS + " keys, not " + keys.size());
        }
        return new LinkedHashSet<>(keys);
    }
}
