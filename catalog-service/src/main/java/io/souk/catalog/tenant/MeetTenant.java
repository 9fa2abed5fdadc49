package io.souk.catalog.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.context.OwnContext;
import io.souk.kit.event.Change;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a tenant known, for the first request that comes from it. All requests of one tenant share one attempt; none of them
 * waits for it longer than {@link #PATIENCE}; and after a failure nobody tries for {@link #REST}, so that a database which is
 * away holds nobody up.
 */
@ApplicationScoped
class MeetTenant {
    /** Tenants remembered by a replica; one that was forgotten costs one statement more. */
    private static final int MAX_REMEMBERED = 100_000;

    /** Far more than the statement takes; then the request goes on, and the attempt without it. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(MeetTenant.class);

    private final Transactions transactions;
    private final TenantRepository tenants;
    private final Outbox outbox;
    private final ConcurrentHashMap<TenantId, Uni<Void>> meetings = new ConcurrentHashMap<>();
    private final AtomicLong complainAgainAt = new AtomicLong(System.nanoTime());
    private volatile long tryAgainAt = System.nanoTime();
    private final Cache<TenantId, Boolean> met =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    MeetTenant(Transactions transactions, TenantRepository tenants, Outbox outbox) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.outbox = outbox;
    }

    /** Whether this replica has nothing to do for the tenant at present: a look-up in memory. */
    boolean isDone(TenantId tenant) {
        return met.getIfPresent(tenant) != null || System.nanoTime() - tryAgainAt < 0;
    }

    /**
     * Writes the tenant and its event unless it is known; twice or at the same time, one of them wins. Never fails: a later
     * request tries again. Answers on the caller's Vert.x context.
     */
    Uni<Void> meet(TenantId tenant) {
        return Uni.createFrom()
                .deferred(() -> meetings.computeIfAbsent(tenant, this::meeting))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .emitOn(OwnContext.executor());
    }

    /** Goes on whoever waits for it. */
    private Uni<Void> meeting(TenantId tenant) {
        return transactions
                .inTenant(tenant, this::insert)
                .invoke(() -> met.put(tenant, true))
                .onFailure()
                .recoverWithUni(failure -> {
                    tryAgainAt = System.nanoTime() + REST.toNanos();
                    complain(failure);
                    return Uni.createFrom().voidItem();
                })
                .onTermination()
                .invoke(() -> meetings.remove(tenant))
                .memoize()
                .indefinitely();
    }

    /** Once a minute: every request of a new tenant finds the same. */
    private void complain(Throwable failure) {
        long now = System.nanoTime();
        long due = complainAgainAt.get();
        if (now - due >= 0 && complainAgainAt.compareAndSet(due, now + BETWEEN_COMPLAINTS.toNanos())) {
            LOG.warnf("New tenants cannot be noted, which is tried again: %s", failure);
        }
    }

    private Uni<Void> insert(Tx tx) {
        var id = Ids.next();
        return tenants.insert(tx, id)
                .chain(fresh -> fresh ? publish(tx, id) : Uni.createFrom().voidItem());
    }

    private Uni<Void> publish(Tx tx, UUID id) {
        var state = TenantState.of(Tenant.fresh(id, tx.tenant()), Set.of("tenant"));
        return outbox.append(tx, Change.changed(CatalogAggregates.TENANT, id, 1, state));
    }
}
