package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Removes guests' carts that nobody has changed for long; those that are checked out stay, and customers keep theirs. */
@ApplicationScoped
class RemoveAbandonedCarts implements Sweep {
    private final Transactions transactions;
    private final CartRepository carts;
    private final CartsConfig config;

    RemoveAbandonedCarts(Transactions transactions, CartRepository carts, CartsConfig config) {
        this.transactions = transactions;
        this.carts = carts;
        this.config = config;
    }

    @Override
    public String name() {
        return "abandoned-carts";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> carts.removeAbandoned(worker, config.guestLifetime(), config.sweepRows()))
                .map(removed -> removed == config.sweepRows());
    }
}
