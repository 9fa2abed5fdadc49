package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads views: from Redis in one round trip, and what is not there from the own tables, once for all who ask at the same
 * time. When Redis cannot be asked everything is read from the tables, behind a bulkhead; fails with 503 and Retry-After
 * when there is no room, or no answer in time.
 *
 * <p>Safe from any thread; answers on the caller's Vert.x context.
 */
@Singleton
public class ViewCache {
    /** How many ids one call may ask for. */
    public static final int MAX_IDS = 200;

    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final ViewKinds kinds;
    private final ViewKeys keys;
    private final ViewEntries entries;
    private final ViewLoader loader;

    ViewCache(ViewKinds kinds, ViewKeys keys, ViewEntries entries, ViewLoader loader) {
        this.kinds = kinds;
        this.keys = keys;
        this.entries = entries;
        this.loader = loader;
    }

    /** The views of one id, one per kind and in the order of the kinds. */
    public Uni<List<View>> read(TenantId tenant, UUID id, List<ViewKind<?>> wanted) {
        var known = known(wanted);
        return AsyncResultUni.toUni(answer ->
                read(tenant, List.of(id), known).map(read -> read.of(0)).onComplete(answer));
    }

    /**
     * The views of each id, in the order of the ids; an id that is named twice comes once.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_IDS} ids
     */
    public Uni<Map<UUID, List<View>>> readAll(TenantId tenant, Collection<UUID> ids, List<ViewKind<?>> wanted) {
        var known = known(wanted);
        var distinct = distinct(ids);
        return AsyncResultUni.toUni(answer ->
                read(tenant, distinct, known).map(read -> byId(distinct, read)).onComplete(answer));
    }

    /**
     * As {@link #readAll}, whatever Redis has: as the tables are at a moment after the call, all kinds in one transaction. It
     * waits for its turn as a miss does, is shared with others who ask so, and Redis is told what was read.
     */
    public Uni<Map<UUID, List<View>>> rereadAll(TenantId tenant, Collection<UUID> ids, List<ViewKind<?>> wanted) {
        var known = known(wanted);
        var distinct = distinct(ids);
        return AsyncResultUni.toUni(answer -> new ViewRead(keys, entries, loader, tenant, distinct, known)
                .pastRedis()
                .map(read -> byId(distinct, read))
                .recover(failure -> Future.failedFuture(told(failure)))
                .onComplete(answer));
    }

    /**
     * The states from which views are made, as {@link #rereadAll} reads them: for those who may see more than a view shows,
     * such as drafts. An id that the tenant does not have is left out.
     */
    public <T> Uni<Map<UUID, StateAt<T>>> states(TenantId tenant, Collection<UUID> ids, ViewKind<T> kind) {
        var known = kinds.known(kind);
        var distinct = distinct(ids);
        return AsyncResultUni.toUni(answer -> loader.states(known, tenant, distinct)
                .recover(failure -> Future.failedFuture(told(failure)))
                .onComplete(answer));
    }

    private Future<ViewRead> read(TenantId tenant, List<UUID> ids, KnownKind<?>[] known) {
        return new ViewRead(keys, entries, loader, tenant, ids, known)
                .start()
                .recover(failure -> Future.failedFuture(told(failure)));
    }

    private static List<UUID> distinct(Collection<UUID> ids) {
        if (ids.size() > MAX_IDS) {
            throw new IllegalArgumentException("at most " + MAX_IDS + " ids, not " + ids.size());
        }
        return List.copyOf(new LinkedHashSet<>(ids));
    }

    private static Map<UUID, List<View>> byId(List<UUID> ids, ViewRead read) {
        var views = new LinkedHashMap<UUID, List<View>>();
        for (int i = 0; i < ids.size(); i++) {
            views.put(ids.get(i), read.of(i));
        }
        return views;
    }

    private KnownKind<?>[] known(List<ViewKind<?>> wanted) {
        var known = new KnownKind<?>[wanted.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = kinds.known(wanted.get(i));
        }
        return known;
    }

    /** What the caller is told; each has a problem of its own, since a load's failure is shared. */
    static Throwable told(Throwable failure) {
        return failure instanceof SharedLoads.Refused refused
                ? KitProblem.UNAVAILABLE
                        .because("The view cannot be read now: " + refused.getMessage() + ".")
                        .retryAfter(COME_AGAIN)
                : failure;
    }
}
