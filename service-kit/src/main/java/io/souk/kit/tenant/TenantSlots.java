package io.souk.kit.tenant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many may do something costly at once on this replica. One tenant gets only a part of the places, so that it cannot take
 * them all. Thread-safe; nobody waits.
 */
public final class TenantSlots {
    private final int most;
    private final int mostPerTenant;
    private final Map<TenantId, Integer> byTenant = new HashMap<>();
    private int taken;

    /** 0: nobody may. */
    public TenantSlots(int most, int mostPerTenant) {
        this.most = most;
        this.mostPerTenant = mostPerTenant;
    }

    /** A place that somebody has until it is released. */
    public final class Slot {
        private final TenantId tenant;
        private final AtomicBoolean released = new AtomicBoolean();

        private Slot(TenantId tenant) {
            this.tenant = tenant;
        }

        /** Harmless twice: a request that ends just as its client goes away may call it from both sides. */
        public void release() {
            if (released.compareAndSet(false, true)) {
                giveBack(tenant);
            }
        }
    }

    /** A place for that tenant; empty when the replica or the tenant has all that it may have. */
    public synchronized Optional<Slot> take(TenantId tenant) {
        if (!isFree(tenant)) {
            return Optional.empty();
        }
        byTenant.merge(tenant, 1, Integer::sum);
        taken++;
        return Optional.of(new Slot(tenant));
    }

    /** Whether there is a place for that tenant at this moment. */
    public synchronized boolean isFree(TenantId tenant) {
        return taken < most && byTenant.getOrDefault(tenant, 0) < mostPerTenant;
    }

    public synchronized int taken() {
        return taken;
    }

    private synchronized void giveBack(TenantId tenant) {
        byTenant.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
        taken--;
    }
}
