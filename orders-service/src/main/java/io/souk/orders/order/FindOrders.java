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
import io.souk.orders.customer.FindCustomers;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/**
 * Reads orders. A customer sees own orders only; for all others of the tenant they do not exist. Who buys of a vendor is
 * none of the vendor's business: a merchant sees no orders, or, being a customer too, own ones. Where an order goes, and
 * its parcel's number, which leads there, are told to its customer and the shop's admin alone; whose it is, to the admin.
 */
@ApplicationScoped
public class FindOrders {
    /** What one sweep takes on: bounds its work, not the number of overdue orders. */
    public static final int OVERDUE_ROWS = 200;

    private static final UUID AFTER_ALL_IDS = new UUID(-1, -1);

    private final Transactions transactions;
    private final OrderRepository orders;
    private final FindCustomers customers;

    FindOrders(Transactions transactions, OrderRepository orders, FindCustomers customers) {
        this.transactions = transactions;
        this.orders = orders;
        this.customers = customers;
    }

    /**
     * An order as its caller may see it.
     *
     * @param customerId who placed it; null when that is not the caller's to know, and for whoever is no customer
     */
    public record Seen(Order order, @Nullable UUID customerId) {}

    /** An order with its timeline. */
    public record Found(Seen seen, List<OrderStep> steps) {
        public Order order() {
            return seen.order();
        }
    }

    /** The order, unless it does not exist for the caller. 403 for a merchant who buys nothing. */
    public Uni<@Nullable Found> find(Caller caller, UUID id) {
        refuseVendors(caller);
        return transactions.inTenant(
                caller.tenant(),
                tx -> orders.find(tx, id)
                        .chain(order -> order != null && maySee(caller, order)
                                ? found(tx, caller, order)
                                : Uni.createFrom().nullItem()));
    }

    /**
     * Newest first.
     *
     * @param filter by customer for the admin alone, 403 for others; of one that there is not there are no orders. Whatever is
     *     asked for, 403 for a merchant who buys nothing
     */
    Uni<Page<Seen>> list(Caller caller, OrderFilter filter, Limit limit, @Nullable String cursor) {
        refuseVendors(caller);
        if (filter.customerId() != null && !caller.has(Roles.ADMIN)) {
            throw FORBIDDEN.because("Whose an order is, is told to the shop's admin alone");
        }
        var before = cursor == null ? AFTER_ALL_IDS : Cursor.id(Cursor.decode(cursor, 1), 0);
        return transactions
                .inTenant(
                        caller.tenant(),
                        tx -> rows(tx, caller, filter, before, limit.probe()).chain(found -> seen(tx, caller, found)))
                .map(found ->
                        Page.of(found, limit, last -> Cursor.encode(last.order().id())));
    }

    private Uni<List<Order>> rows(Tx tx, Caller caller, OrderFilter filter, UUID before, int rows) {
        var statuses = filter.statuses();
        if (filter.customerId() != null) {
            return customers
                    .subject(tx, filter.customerId())
                    .chain(found -> found.map(subject -> orders.listOfCustomer(tx, subject, statuses, before, rows))
                            .orElseGet(() -> Uni.createFrom().item(List.of())));
        }
        if (!seesAll(caller)) {
            return orders.listOfCustomer(tx, caller.subject(), statuses, before, rows);
        }
        return filter.isOfEveryStatus()
                ? orders.list(tx, before, rows)
                : orders.listInStatuses(tx, statuses, before, rows);
    }

    private Uni<Found> found(Tx tx, Caller caller, Order order) {
        return orders.steps(tx, order.id())
                .chain(steps -> seen(tx, caller, List.of(order)).map(seen -> new Found(seen.getFirst(), steps)));
    }

    private Uni<List<Seen>> seen(Tx tx, Caller caller, List<Order> found) {
        var ids = caller.has(Roles.ADMIN)
                ? customers.ids(tx, found.stream().map(Order::customer).collect(Collectors.toSet()))
                : Uni.createFrom().item(Map.<String, UUID>of());
        return ids.map(customerIds -> found.stream()
                .map(order -> new Seen(seenBy(caller, order), customerIds.get(order.customer())))
                .toList());
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
        boolean staff = caller.has(Roles.ADMIN) || caller.has(Roles.SERVICE) || caller.has(Roles.READONLY);
        return staff && !caller.actsForVendor();
    }

    /** The roles of a route let a merchant through who is {@code readonly} or {@code customer} as well: the latter has orders to see. */
    private static void refuseVendors(Caller caller) {
        if (caller.actsForVendor() && !caller.has(Roles.CUSTOMER)) {
            throw FORBIDDEN.because(
                    "A merchant acts for one vendor, and orders are between the shop and its customers");
        }
    }
}
