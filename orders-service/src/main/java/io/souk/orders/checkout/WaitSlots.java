package io.souk.orders.checkout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Optional;

/** How many requests may wait for an outcome at once: each keeps a connection open and looks at the database now and then. */
@ApplicationScoped
class WaitSlots {
    private final TenantSlots slots;
    private final Counter refused;

    WaitSlots(CheckoutConfig config, MeterRegistry metrics) {
        slots = new TenantSlots(config.maxWaits(), config.maxWaitsPerTenant());
        refused = metrics.counter("souk.orders.waits.refused");
        metrics.gauge("souk.orders.waits", slots, TenantSlots::taken);
    }

    /** A place for that tenant; empty when the replica or the tenant has all that it may have. Never waits. */
    Optional<TenantSlots.Slot> take(TenantId tenant) {
        var slot = slots.take(tenant);
        if (slot.isEmpty()) {
            refused.increment();
        }
        return slot;
    }
}
