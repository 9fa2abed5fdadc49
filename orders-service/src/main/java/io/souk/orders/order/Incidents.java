package io.souk.orders.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells people of what should never happen: an error in the log, and {@code souk.orders.incidents}. */
@Startup // whoever watches the incidents sees the first one only if their count has been 0 before
@ApplicationScoped
public class Incidents {
    private static final Logger LOG = Logger.getLogger(Incidents.class);

    private final Counter incidents;

    Incidents(MeterRegistry metrics) {
        this.incidents = metrics.counter("souk.orders.incidents");
    }

    /**
     * Once the transaction is committed: one that is tried again is one incident.
     *
     * @param what names the order and its tenant, and no person
     */
    public void tell(Tx tx, String what) {
        tx.afterCommit(() -> {
            incidents.increment();
            LOG.error(what);
        });
    }
}
