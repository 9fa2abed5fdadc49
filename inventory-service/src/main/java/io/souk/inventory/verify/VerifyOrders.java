package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.verify.OrderRepository.Seen;
import io.souk.inventory.verify.OrderRepository.Served;
import io.souk.kit.page.Cursor;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Says what is held for orders, part by part, and holds orders that are confirmed against it. */
@ApplicationScoped
class VerifyOrders {
    /** As many as orders takes at once. */
    private static final int RESERVATIONS_AT_ONCE = 500;

    private final Transactions transactions;
    private final OrderRepository orders;

    VerifyOrders(Transactions transactions, OrderRepository orders) {
        this.transactions = transactions;
        this.orders = orders;
    }

    /** The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen. */
    Uni<HeldReport> held(TenantId tenant, @Nullable String cursor) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> orders.nextHeld(tx, after, RESERVATIONS_AT_ONCE))
                .map(VerifyOrders::report);
    }

    private static HeldReport report(List<Seen> seen) {
        var held = seen.stream().map(Seen::held).filter(Objects::nonNull).toList();
        @Nullable
        String next = seen.size() < RESERVATIONS_AT_ONCE
                ? null
                : Cursor.encode(seen.getLast().id());
        return new HeldReport(held, next);
    }

    /** A reservation that has changed only lately may have its order follow yet: nothing is found of it. */
    Uni<OrderReport> verify(TenantId tenant, List<UUID> confirmed) {
        return transactions
                .inTenant(tenant, tx -> orders.served(tx, confirmed))
                .map(served -> new OrderReport(
                        confirmed.size(),
                        served.stream()
                                .filter(Served::missing)
                                .map(order -> ReferenceFinding.notHeld(order.id(), order.reservation()))
                                .toList()));
    }
}
