package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.view.FillLeases.Claims;
import io.souk.kit.view.ViewEntries.Looked;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Uni<Rows> inTenant(TenantId tenant, Function<Tx, Uni<Rows>> work);
    }

    /**
     * What one transaction has read.
     *
     * @param beganMicros its {@code now()}
     * @param applied how far the foreign sources were applied before the rows were read
     */
    record Rows(Map<ViewKey, StateAt<?>> states, long beganMicros, Watermarks applied) {}

    /** What the tables say of a key, or Redis by now; then without the state. */
    private record Loaded(OwnView own, @Nullable StateAt<?> at) {
        View view() {
            return own.view();
        }
    }

    private final ViewKinds kinds;
    private final Reads reads;
    private final PipelinedRedis redis;
    private final ViewEntries entries;
    private final SourceWatermarks sources;
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
            SourceWatermarks sources,
            FillLeases leases,
            HintEntries hints) {
        this(vertx, kinds, transactions::inTenant, bulkhead, config, redis, entries, sources, leases, hints);
    }

    ViewLoader(
            Vertx vertx,
            ViewKinds kinds,
            Reads reads,
            Bulkhead bulkhead,
            ViewConfig config,
            PipelinedRedis redis,
            ViewEntries entries,
            SourceWatermarks sources,
            FillLeases leases,
            HintEntries hints) {
        this.kinds = kinds;
        this.reads = reads;
        this.redis = redis;
        this.entries = entries;
        this.sources = sources;
        this.leases = leases;
        this.hints = hints;
        this.loads = new SharedLoads<>((VertxInternal) vertx, bulkhead, config.loadTimeout());
    }

    /**
     * The view of every key, {@link View.Absent} where the tenant has none; what must be read is read in one transaction. Of what
     * was read for somebody else only that is given which suits this caller too; the rest is read anew.
     *
     * @param fill the keys that Redis shall have from now on
     * @param fresh whether nothing may have been read before this call
     */
    Future<Map<ViewKey, View>> load(
            TenantId tenant, Collection<ViewKey> keys, Map<ViewKey, Looked> fill, Standard standard, boolean fresh) {
        return loads.load(tenant, keys, fresh, new TableRead(tenant, leases.claims(fill, standard, fresh)))
                .compose(given -> {
                    var views = views(given.values());
                    var unsuited = new HashSet<>(fresh ? Set.of() : given.joined());
                    unsuited.removeIf(
                            key -> standard.suits(kinds.named(key.kind()), key.id(), own(given.values(), key)));
                    if (unsuited.isEmpty()) {
                        return Future.succeededFuture(views);
                    }
                    return loads.load(tenant, unsuited, true, new TableRead(tenant, leases.none(standard)))
                            .map(again -> {
                                views.putAll(views(again.values()));
                                return views;
                            });
                });
    }

    private static Map<ViewKey, View> views(Map<ViewKey, Loaded> loaded) {
        var views = new HashMap<ViewKey, View>();
        loaded.forEach((key, found) -> views.put(key, found.view()));
        return views;
    }

    private static OwnView own(Map<ViewKey, Loaded> loaded, ViewKey key) {
        return Objects.requireNonNull(loaded.get(key)).own();
    }

    /** The states themselves, fresh; those that the tenant does not have are left out. */
    <T> Future<Map<UUID, StateRead<T>>> states(KnownKind<T> kind, TenantId tenant, List<UUID> ids, Standard standard) {
        var keys = ids.stream().map(id -> new ViewKey(kind.name(), tenant, id)).toList();
        return loads.load(tenant, keys, true, new TableRead(tenant, leases.none(standard)))
                .map(given -> states(given.values()));
    }

    @SuppressWarnings("unchecked") // the keys name one kind, whose load gave these states
    private static <T> Map<UUID, StateRead<T>> states(Map<ViewKey, Loaded> loaded) {
        var states = new HashMap<UUID, StateRead<T>>();
        loaded.forEach((key, found) -> {
            if (found.at() != null) {
                states.put(
                        key.id(),
                        new StateRead<>((StateAt<T>) found.at(), found.view().provenMicros()));
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
        private final Claims claims;

        TableRead(TenantId tenant, Claims claims) {
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
            var foreign = byKind.keySet().stream()
                    .flatMap(kind -> kinds.named(kind).foreign().stream())
                    .collect(Collectors.toUnmodifiableSet());
            return reads.inTenant(
                            tenant, tx -> sources.applied(tx, foreign).chain(applied -> rows(tx, byKind, applied)))
                    .map(rows -> key -> loaded(key, rows));
        }

        private Uni<Rows> rows(Tx tx, Map<String, List<ViewKey>> byKind, Watermarks applied) {
            Uni<Map<ViewKey, StateAt<?>>> states = Uni.createFrom().item(new HashMap<>());
            for (var some : byKind.entrySet()) {
                states = states.call(found -> ViewLoader.read(tx, kinds.named(some.getKey()), some.getValue(), found));
            }
            return states.map(found -> new Rows(found, tx.beganMicros(), applied));
        }

        private Loaded loaded(ViewKey key, Rows rows) {
            try {
                return ViewLoader.this.loaded(kinds.named(key.kind()), key, rows, claims);
            } catch (RuntimeException failure) {
                claims.giveBack(key);
                throw failure;
            }
        }
    }

    /** The present states of some keys of one kind, into a map. */
    static <T> Uni<?> read(Tx tx, KnownKind<T> kind, List<ViewKey> keys, Map<ViewKey, StateAt<?>> found) {
        return kind.kind()
                .load(tx, keys.stream().map(ViewKey::id).toList())
                .invoke(states -> states.forEach((id, at) -> found.put(new ViewKey(kind.name(), tx.tenant(), id), at)));
    }

    @SuppressWarnings("unchecked") // the key names the kind whose load gave the state
    private <T> Loaded loaded(KnownKind<T> kind, ViewKey key, Rows rows, Claims claims) {
        @Nullable StateAt<T> at = (StateAt<T>) rows.states().get(key);
        var asOf = AsOf.read(rows.beganMicros(), kind.foreign(), rows.applied());
        return new Loaded(new OwnView(view(kind, key, at, asOf, claims), rows.beganMicros()), at);
    }

    private <T> View view(KnownKind<T> kind, ViewKey key, @Nullable StateAt<T> at, AsOf asOf, Claims claims) {
        var filled = claims.filled(key);
        if (at == null) {
            if (filled != null) {
                kind.metrics().count(FILL, entries.fillAbsent(filled, key, claims.token(), asOf));
            }
            return new View.Absent(asOf.micros(), false);
        }
        var rendered = kind.render(at.order(), at.state(), asOf);
        if (filled != null) {
            kind.metrics().count(FILL, entries.fill(filled, key, claims.token(), at.order(), rendered.entry()));
            hints.put(redis, filled, key.tenant(), key.id(), kind.hints(at.state()));
        }
        return rendered.view();
    }
}
