package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Payments, told once more. */
@ApplicationScoped
class PaymentRows implements RetoldRows {
    private final PaymentRepository payments;

    PaymentRows(PaymentRepository payments) {
        this.payments = payments;
    }

    @Override
    public AggregateType aggregate() {
        return PaymentEvent.PAYMENT;
    }

    @Override
    public String table() {
        return "payment";
    }

    /** In its first version too, of which nobody was told: the log may have a later one of it, from before the restore. */
    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return payments.lockAll(tx, ids)
                .map(found -> found.stream().map(PaymentEvent::again).toList());
    }
}
