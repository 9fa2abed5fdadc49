package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Makes views from the own tables. */
@Singleton
final class ViewLoader {
    /** The view of every id, {@link View.Absent} where the tenant has none. */
    <T> Uni<Map<UUID, View>> load(TenantId tenant, ViewKind<T> kind, Collection<UUID> ids) {
        return kind.load(tenant, ids).map(states -> views(kind, ids, states));
    }

    private static <T> Map<UUID, View> views(ViewKind<T> kind, Collection<UUID> ids, Map<UUID, StateAt<T>> states) {
        var views = new HashMap<UUID, View>();
        for (var id : ids) {
            var state = states.get(id);
            views.put(id, state == null ? View.Absent.INSTANCE : view(kind, state));
        }
        return views;
    }

    private static <T> View view(ViewKind<T> kind, StateAt<T> at) {
        byte[] json = at.state() == null ? null : kind.render(at.state());
        return json == null ? new View.Gone(at.order()) : new View.Live(at.order(), Buffer.buffer(json));
    }
}
