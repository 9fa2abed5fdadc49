package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Arrays;
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

    /** More lists of kinds than a service asks for; one beyond them is worked out anew each time. */
    private static final int MOST_SETS = 64;

    /** A replica that lags makes many wait, each of whom asks Redis some 80 times a second; one more reads the tables at once. */
    private static final int TOKEN_WAITERS = 128;

    private static final int TOKEN_WAITERS_PER_TENANT = 32;

    private final ViewKinds kinds;
    private final ViewRead.Tools tools;
    private final ViewClock clock;
    private volatile KindSet[] sets = {};

    ViewCache(
            Vertx vertx,
            ViewKinds kinds,
            ViewKeys keys,
            Generations generations,
            ViewEntries entries,
            ViewLoader loader,
            ViewClock clock,
            ViewConfig config) {
        this.kinds = kinds;
        this.clock = clock;
        var waiters = new TenantSlots(TOKEN_WAITERS, TOKEN_WAITERS_PER_TENANT);
        this.tools = new ViewRead.Tools(vertx, keys, generations, entries, loader, config, waiters);
    }

    /** The views of one id, one per kind and in the order of the kinds; those who ask often give the same list. */
    public Uni<List<View>> read(TenantId tenant, UUID id, List<ViewKind<?>> wanted, Demand demand) {
        var known = known(wanted);
        return AsyncResultUni.toUni(answer ->
                read(tenant, List.of(id), known, demand).map(read -> read.of(0)).onComplete(answer));
    }

    /**
     * The views of each id, in the order of the ids; an id that is named twice comes once.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_IDS} ids
     */
    public Uni<Map<UUID, List<View>>> readAll(
            TenantId tenant, Collection<UUID> ids, List<ViewKind<?>> wanted, Demand demand) {
        var known = known(wanted);
        var distinct = distinct(ids);
        return AsyncResultUni.toUni(answer -> read(tenant, distinct, known, demand)
                .map(read -> byId(distinct, read))
                .onComplete(answer));
    }

    /**
     * As {@link #readAll}, whatever Redis has: as the tables are at a moment after the call, all kinds in one transaction. It
     * waits for its turn as a miss does, is shared with others who ask so, and Redis is told what was read.
     */
    public Uni<Map<UUID, List<View>>> rereadAll(
            TenantId tenant, Collection<UUID> ids, List<ViewKind<?>> wanted, Demand demand) {
        var known = known(wanted);
        var distinct = distinct(ids);
        return AsyncResultUni.toUni(answer -> new ViewRead(tools, standard(demand), tenant, distinct, known)
                .pastRedis()
                .map(read -> byId(distinct, read))
                .recover(failure -> Future.failedFuture(told(failure)))
                .onComplete(answer));
    }

    /**
     * The states from which views are made, as {@link #rereadAll} reads them: for those who may see more than a view shows,
     * such as drafts. An id that the tenant does not have is left out.
     */
    public <T> Uni<Map<UUID, StateRead<T>>> states(TenantId tenant, Collection<UUID> ids, ViewKind<T> kind) {
        var known = kinds.known(kind);
        var distinct = distinct(ids);
        return AsyncResultUni.toUni(answer -> tools.loader()
                .states(known, tenant, distinct, standard(Demand.NONE))
                .recover(failure -> Future.failedFuture(told(failure)))
                .onComplete(answer));
    }

    private Standard standard(Demand demand) {
        return Standard.of(demand, clock);
    }

    private Future<ViewRead> read(TenantId tenant, List<UUID> ids, KindSet known, Demand demand) {
        return new ViewRead(tools, standard(demand), tenant, ids, known)
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

    @SuppressWarnings("ReferenceEquality") // a list that is only equal is worked out once more, which is harmless
    private KindSet known(List<ViewKind<?>> wanted) {
        for (var set : sets) {
            if (set.wanted() == wanted) {
                return set;
            }
        }
        return remember(KindSet.of(wanted, kinds));
    }

    private synchronized KindSet remember(KindSet set) {
        if (sets.length < MOST_SETS) {
            var more = Arrays.copyOf(sets, sets.length + 1);
            more[sets.length] = set;
            sets = more;
        }
        return set;
    }

    /** What the caller is told; each has a problem of its own, since a load's failure is shared. */
    static Throwable told(Throwable failure) {
        return failure instanceof SharedLoads.Refused || failure instanceof Standard.TooOld
                ? KitProblem.UNAVAILABLE
                        .because("The view cannot be read now: " + failure.getMessage() + ".")
                        .retryAfter(COME_AGAIN)
                : failure;
    }
}
