package io.souk.orders.checkout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many requests may wait for an outcome at once: each keeps a connection open and looks at the database now and then.
 * One tenant gets only a part of this replica's places, so that it cannot take them all.
 */
@ApplicationScoped
class WaitSlots {
    private final CheckoutConfig config;
    private final Counter refused;
    private final Map<TenantId, Integer> byTenant = new HashMap<>();
    private int taken;

    WaitSlots(CheckoutConfig config, MeterRegistry metrics) {
        this.config = config;
        this.refused = metrics.counter("souk.orders.waits.refused");
        metrics.gauge("souk.orders.waits", this, WaitSlots::taken);
    }

    /** A place that one request has until it releases it. */
    final class Slot {
        private final TenantId tenant;
        private final AtomicBoolean released = new AtomicBoolean();

        private Slot(TenantId tenant) {
            this.tenant = tenant;
        }

        /** Harmless twice: a request that ends just as its client goes away may call it from both sides. */
        void release() {
            if (released.compareAndSet(false, true)) {
                giveBack(tenant);
            }
        }
    }

    /** A place for that tenant; empty when the replica or the tenant has all that it may have. Never waits. */
    Optional<Slot> take(TenantId tenant) {
        if (admit(tenant)) {
            return Optional.of(new Slot(tenant));
        }
        refused.increment();
        return Optional.empty();
    }

    synchronized int taken() {
        return taken;
    }

    private synchronized boolean admit(TenantId tenant) {
        int own = byTenant.getOrDefault(tenant, 0);
        if (taken >= config.maxWaits() || own >= config.maxWaitsPerTenant()) {
            return false;
        }
        byTenant.put(tenant, own + 1);
        taken++;
        return true;
    }

    private synchronized void giveBack(TenantId tenant) {
        byTenant.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
        taken--;
    }
}
