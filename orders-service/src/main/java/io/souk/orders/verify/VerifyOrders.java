package io.souk.orders.verify;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Goes over a tenant's orders, a bounded part with each call, while the shop is open. */
@ApplicationScoped
class VerifyOrders {
    private static final int ORDERS_AT_ONCE = 500;

    private final Transactions transactions;
    private final VerifyOrdersRepository audit;
    private final RepairOrder repairOrder;

    VerifyOrders(Transactions transactions, VerifyOrdersRepository audit, RepairOrder repairOrder) {
        this.transactions = transactions;
        this.audit = audit;
        this.repairOrder = repairOrder;
    }

    /**
     * The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen.
     *
     * @param repair gives back money that is kept, asks for refunds and captures again, and unlocks carts; what else is
     *     found needs a person
     */
    Uni<OrderVerificationReport> verify(TenantId tenant, @Nullable String cursor, boolean repair) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> audit.next(tx, after, ORDERS_AT_ONCE))
                .chain(seen -> {
                    var next = seen.size() < ORDERS_AT_ONCE
                            ? null
                            : Cursor.encode(seen.getLast().id());
                    return findings(tenant, seen, repair)
                            .map(findings -> new OrderVerificationReport(seen.size(), findings, next));
                });
    }

    private Uni<List<OrderFinding>> findings(TenantId tenant, List<SeenOrder> seen, boolean repair) {
        return Multi.createFrom()
                .iterable(seen)
                .filter(order -> !order.findings().isEmpty())
                .onItem()
                .transformToUniAndConcatenate(order -> repair
                        ? repairOrder.repair(tenant, order)
                        : Uni.createFrom().item(order.findings()))
                .collect()
                .in(ArrayList::new, List::addAll);
    }
}
