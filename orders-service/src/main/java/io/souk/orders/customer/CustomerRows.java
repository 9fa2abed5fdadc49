package io.souk.orders.customer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Customers, told once more. */
@ApplicationScoped
class CustomerRows implements RetoldRows {
    private final CustomerRepository customers;

    CustomerRows(CustomerRepository customers) {
        this.customers = customers;
    }

    @Override
    public AggregateType aggregate() {
        return CustomerEvent.CUSTOMER;
    }

    @Override
    public String table() {
        return "customer";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return customers.lockAndTell(tx, ids);
    }
}
