package io.souk.orders.order;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * Reads orders. A customer sees own orders only; for all others of the tenant they do not exist. Where an order goes, and
 * its parcel's number, which leads there, are told to its customer and the shop's admin alone.
 */
@ApplicationScoped
public class FindOrders {
    /** What one sweep takes on: bounds its work, not the number of overdue orders. */
    public static final int OVERDUE_ROWS = 200;

    private final Transactions transactions;
    private final OrderRepository orders;

    FindOrders(Transactions transactions, OrderRepository orders) {
        this.transactions = transactions;
        this.orders = orders;
    }

    /** An order with its timeline. */
    public record Found(Order order, List<OrderStep> steps) {}

    public Uni<@Nullable Found> find(Caller caller, UUID id) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> orders.find(tx, id).chain(order -> {
                    if (order == null || !maySee(caller, order)) {
                        return Uni.createFrom().nullItem();
                    }
                    return orders.steps(tx, id).map(steps -> new Found(seenBy(caller, order), steps));
                }));
    }

    public Uni<Page<Order>> list(Caller caller, Limit limit, @Nullable String cursor) {
        var before = cursor == null ? null : Cursor.id(Cursor.decode(cursor, 1), 0);
        var customer = seesAll(caller) ? null : caller.subject();
        return transactions
                .inTenant(caller.tenant(), tx -> orders.list(tx, customer, before, limit.probe()))
                .map(found -> Page.of(found, limit, last -> Cursor.encode(last.id())))
                .map(page -> page.map(order -> seenBy(caller, order)));
    }

    /** The order's present status; empty when the tenant has none such. Asks nobody's leave: not for a caller's eyes. */
    public Uni<@Nullable OrderStatus> status(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, tx -> orders.findStatus(tx, id));
    }

    /** As {@link #status(TenantId, UUID)}, in the caller's transaction. */
    public Uni<@Nullable OrderStatus> status(Tx tx, UUID id) {
        return orders.findStatus(tx, id);
    }

    /**
     * Orders of any tenant whose present step got no answer in time, the longest overdue first; at most
     * {@value #OVERDUE_ROWS}, those behind {@code last} unless it is null.
     */
    public Uni<List<OverdueOrder>> overdue(@Nullable OverdueOrder last) {
        return transactions.asWorker(worker -> orders.listOverdue(worker, last, OVERDUE_ROWS));
    }

    /** Whether the order exists for that caller. */
    public static boolean maySee(Caller caller, Order order) {
        return seesAll(caller) || order.customer().equals(caller.subject());
    }

    private static Order seenBy(Caller caller, Order order) {
        boolean own = caller.has(Roles.CUSTOMER) && order.customer().equals(caller.subject());
        return own || caller.has(Roles.ADMIN) ? order : order.impersonal();
    }

    private static boolean seesAll(Caller caller) {
        return caller.has(Roles.ADMIN)
                || caller.has(Roles.MERCHANT)
                || caller.has(Roles.SERVICE)
                || caller.has(Roles.READONLY);
    }
}
