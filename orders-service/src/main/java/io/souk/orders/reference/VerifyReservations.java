package io.souk.orders.reference;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.orders.reference.HeldForOrders.Held;
import io.souk.orders.reference.HeldForOrders.Status;
import io.souk.orders.reference.ReferenceRepository.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Holds what inventory says that it has for orders against the orders. */
@ApplicationScoped
class VerifyReservations {
    private final Transactions transactions;
    private final ReferenceRepository references;

    VerifyReservations(Transactions transactions, ReferenceRepository references) {
        this.transactions = transactions;
        this.references = references;
    }

    /** An order that has come to where it stands only lately may have its reservation follow yet: nothing is found of it. */
    Uni<ReservationReport> verify(TenantId tenant, List<Held> reservations) {
        var orders = reservations.stream().map(Held::orderId).distinct().toList();
        return transactions
                .inTenant(tenant, tx -> references.standing(tx, orders))
                .map(standing -> new ReservationReport(reservations.size(), findings(reservations, standing)));
    }

    private static List<ReferenceFinding> findings(List<Held> reservations, Map<UUID, Standing> orders) {
        return reservations.stream()
                .map(held -> finding(held, orders.get(held.orderId())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ReferenceFinding> finding(Held held, @Nullable Standing order) {
        if (order == null) {
            return Optional.of(ReferenceFinding.noOrder(held));
        }
        if (!order.settled()) {
            return Optional.empty();
        }
        return switch (order.status()) {
            case REJECTED, DECLINED, EXPIRED, CANCELLED ->
                Optional.of(ReferenceFinding.orderEnded(held, order.status()));
            case FULFILLED, DELIVERED -> Optional.of(ReferenceFinding.notShipped(held, order.status()));
            case CONFIRMED ->
                held.status() == Status.OPEN ? Optional.of(ReferenceFinding.notConfirmed(held)) : Optional.empty();
            // A checkout that is under way has its deadline, and is found late by itself.
            case PLACED, RESERVED, AUTHORISED -> Optional.empty();
        };
    }
}
