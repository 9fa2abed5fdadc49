package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import static io.souk.kit.view.ViewMetrics.Path.FILL;

/** Makes views from the own tables, once for all who ask at the same time, and fills what was missing. */
@Singleton
final class ViewLoader {
    private final PipelinedRedis redis;
    private final ViewEntries entries;
    private final HintEntries hints;
    private final SharedLoads<ViewKey, View> loads;

    ViewLoader(
            Vertx vertx,
            Bulkhead bulkhead,
            ViewConfig config,
            PipelinedRedis redis,
            ViewEntries entries,
            HintEntries hints) {
        this.redis = redis;
        this.entries = entries;
        this.hints = hints;
        this.loads = new SharedLoads<>((VertxInternal) vertx, bulkhead, config.loadTimeout());
    }

    /**
     * The view of every key, {@link View.Absent} where the tenant has none.
     *
     * @param fill whether Redis could be asked and had no answer, so that it shall have one from now on
     */
    <T> Future<Map<ViewKey, View>> load(KnownKind<T> kind, TenantId tenant, Collection<ViewKey> keys, boolean fill) {
        return loads.load(keys, own -> read(kind, tenant, own, fill));
    }

    /** A change of the aggregate has been committed: whoever asks from now on must not be given what was read before. */
    void changed(KnownKind<?> kind, TenantId tenant, UUID id) {
        loads.forget(new ViewKey(kind.name(), tenant, id));
    }

    private <T> Uni<Function<ViewKey, View>> read(
            KnownKind<T> kind, TenantId tenant, List<ViewKey> keys, boolean fill) {
        var ids = keys.stream().map(ViewKey::id).toList();
        return kind.kind().load(tenant, ids).map(states -> key -> view(kind, key, states.get(key.id()), fill));
    }

    private <T> View view(KnownKind<T> kind, ViewKey key, @Nullable StateAt<T> at, boolean fill) {
        if (at == null) {
            if (fill) {
                kind.metrics().count(FILL, entries.fillAbsent(kind, key.tenant(), key.id()));
            }
            return View.Absent.INSTANCE;
        }
        var rendered = kind.render(at.order(), at.state());
        if (fill) {
            kind.metrics().count(FILL, entries.fill(kind, key.tenant(), key.id(), at.order(), rendered.entry()));
            hints.put(redis, key.tenant(), key.id(), kind.hints(at.state()));
        }
        return rendered.view();
    }
}
