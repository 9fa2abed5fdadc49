package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.kit.view.ViewMetrics.Path.FILL;

/** Makes views from the own tables, once for all who ask at the same time, and fills what was missing. */
@Singleton
final class ViewLoader {
    /** Opens the transaction of a load; in a service {@link Transactions#inTenant}. */
    interface Reads {
        Uni<Map<ViewKey, StateAt<?>>> inTenant(TenantId tenant, Function<Tx, Uni<Map<ViewKey, StateAt<?>>>> work);
    }

    /** What the tables say of a key. */
    private record Loaded(View view, @Nullable StateAt<?> at) {}

    private final ViewKinds kinds;
    private final Reads reads;
    private final PipelinedRedis redis;
    private final ViewEntries entries;
    private final FillLeases leases;
    private final HintEntries hints;
    private final SharedLoads<ViewKey, Loaded> loads;

    @Inject
    ViewLoader(
            Vertx vertx,
            ViewKinds kinds,
            Transactions transactions,
            Bulkhead bulkhead,
            ViewConfig config,
            PipelinedRedis redis,
            ViewEntries entries,
            FillLeases leases,
            HintEntries hints) {
        this(vertx, kinds, transactions::inTenant, bulkhead, config, redis, entries, leases, hints);
    }

    ViewLoader(
            Vertx vertx,
            ViewKinds kinds,
            Reads reads,
            Bulkhead bulkhead,
            ViewConfig config,
            PipelinedRedis redis,
            ViewEntries entries,
            FillLeases leases,
            HintEntries hints) {
        this.kinds = kinds;
        this.reads = reads;
        this.redis = redis;
        this.entries = entries;
        this.leases = leases;
        this.hints = hints;
        this.loads = new SharedLoads<>((VertxInternal) vertx, bulkhead, config.loadTimeout());
    }

    /**
     * The view of every key, {@link View.Absent} where the tenant has none; what must be read is read in one transaction.
     *
     * @param fill the keys that Redis shall have from now on
     * @param fresh whether nothing may have been read before this call
     */
    Future<Map<ViewKey, View>> load(TenantId tenant, Collection<ViewKey> keys, Set<ViewKey> fill, boolean fresh) {
        return loads.load(keys, fresh, new TableRead(tenant, leases.claims(fill, fresh)))
                .map(loaded -> {
                    var views = new HashMap<ViewKey, View>();
                    loaded.forEach((key, found) -> views.put(key, found.view()));
                    return views;
                });
    }

    /** The states themselves, fresh; those that the tenant does not have are left out. */
    <T> Future<Map<UUID, StateAt<T>>> states(KnownKind<T> kind, TenantId tenant, List<UUID> ids) {
        var keys = ids.stream().map(id -> new ViewKey(kind.name(), tenant, id)).toList();
        return loads.load(keys, true, new TableRead(tenant, leases.claims(Set.of(), true)))
                .map(ViewLoader::states);
    }

    @SuppressWarnings("unchecked") // the keys name one kind, whose load gave these states
    private static <T> Map<UUID, StateAt<T>> states(Map<ViewKey, Loaded> loaded) {
        var states = new HashMap<UUID, StateAt<T>>();
        loaded.forEach((key, found) -> {
            if (found.at() != null) {
                states.put(key.id(), (StateAt<T>) found.at());
            }
        });
        return states;
    }

    /** A change of the aggregate has been committed: whoever asks from now on must not be given what was read before. */
    void changed(KnownKind<?> kind, TenantId tenant, UUID id) {
        loads.forget(new ViewKey(kind.name(), tenant, id));
    }

    /** A read of the tables that fills the keys whose lease it has. */
    private final class TableRead implements SharedLoads.Batch<ViewKey, Loaded> {
        private final TenantId tenant;
        private final FillLeases.Claims claims;

        TableRead(TenantId tenant, FillLeases.Claims claims) {
            this.tenant = tenant;
            this.claims = claims;
        }

        @Override
        public Future<SharedLoads.Claimed<ViewKey, Loaded>> claim(Set<ViewKey> keys) {
            return claims.claim(keys).map(claimed -> {
                var found = new HashMap<ViewKey, Loaded>();
                claimed.found().forEach((key, view) -> found.put(key, new Loaded(view, null)));
                return new SharedLoads.Claimed<>(found, claimed.held());
            });
        }

        @Override
        public void giveBack(Set<ViewKey> keys) {
            keys.forEach(claims::giveBack);
        }

        @Override
        public Uni<Function<ViewKey, Loaded>> read(List<ViewKey> keys) {
            var byKind = keys.stream().collect(Collectors.groupingBy(ViewKey::kind));
            return reads.inTenant(tenant, tx -> {
                        Uni<Map<ViewKey, StateAt<?>>> states = Uni.createFrom().item(new HashMap<>());
                        for (var some : byKind.entrySet()) {
                            states = states.call(
                                    found -> ViewLoader.read(tx, kinds.named(some.getKey()), some.getValue(), found));
                        }
                        return states;
                    })
                    .map(states -> key -> loaded(key, states.get(key)));
        }

        private Loaded loaded(ViewKey key, @Nullable StateAt<?> at) {
            try {
                return ViewLoader.this.loaded(kinds.named(key.kind()), key, at, claims.token(key));
            } catch (RuntimeException failure) {
                claims.giveBack(key);
                throw failure;
            }
        }
    }

    private static <T> Uni<?> read(Tx tx, KnownKind<T> kind, List<ViewKey> keys, Map<ViewKey, StateAt<?>> found) {
        return kind.kind()
                .load(tx, keys.stream().map(ViewKey::id).toList())
                .invoke(states -> states.forEach((id, at) -> found.put(new ViewKey(kind.name(), tx.tenant(), id), at)));
    }

    @SuppressWarnings("unchecked") // the key names the kind whose load gave the state
    private <T> Loaded loaded(KnownKind<T> kind, ViewKey key, @Nullable StateAt<?> at, @Nullable String token) {
        return new Loaded(view(kind, key, (StateAt<T>) at, token), at);
    }

    /** @param token of the key's lease; null to fill nothing */
    private <T> View view(KnownKind<T> kind, ViewKey key, @Nullable StateAt<T> at, @Nullable String token) {
        if (at == null) {
            if (token != null) {
                kind.metrics().count(FILL, entries.fillAbsent(kind, key.tenant(), key.id(), token));
            }
            return View.Absent.INSTANCE;
        }
        var rendered = kind.render(at.order(), at.state());
        if (token != null) {
            kind.metrics().count(FILL, entries.fill(kind, key.tenant(), key.id(), token, at.order(), rendered.entry()));
            hints.put(redis, key.tenant(), key.id(), kind.hints(at.state()));
        }
        return rendered.view();
    }
}
