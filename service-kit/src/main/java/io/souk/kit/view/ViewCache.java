package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Singleton;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads views. */
@Singleton
public class ViewCache {
    /** How many ids one call may ask for. */
    public static final int MAX_IDS = 200;

    private final ViewLoader loader;

    ViewCache(ViewLoader loader) {
        this.loader = loader;
    }

    /** The views of one id, one per kind and in the order of the kinds. */
    public Uni<List<View>> read(TenantId tenant, UUID id, List<ViewKind<?>> kinds) {
        return readAll(tenant, List.of(id), kinds).map(views -> views.getOrDefault(id, List.of()));
    }

    /**
     * The views of each id, in the order of the ids.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_IDS} ids
     */
    public Uni<Map<UUID, List<View>>> readAll(TenantId tenant, Collection<UUID> ids, List<ViewKind<?>> kinds) {
        if (ids.size() > MAX_IDS) {
            throw new IllegalArgumentException("at most " + MAX_IDS + " ids, not " + ids.size());
        }
        Uni<Map<UUID, List<View>>> views = Uni.createFrom().item(LinkedHashMap::new);
        for (var kind : kinds) {
            views = views.chain(sofar -> loader.load(tenant, kind, ids).map(more -> {
                ids.forEach(id -> sofar.computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(more.getOrDefault(id, View.Absent.INSTANCE)));
                return sofar;
            }));
        }
        return views;
    }
}
