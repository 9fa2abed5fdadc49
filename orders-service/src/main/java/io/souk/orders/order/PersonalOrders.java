package io.souk.orders.order;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.customer.PersonalRecords;
import jakarta.enterprise.context.ApplicationScoped;

/** A person's orders stay, as nobody's and without the address and the parcel's number. */
@ApplicationScoped
class PersonalOrders implements PersonalRecords {
    private final OrderRepository orders;

    PersonalOrders(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public Uni<Boolean> forget(Tx tx, String subject, String nobody) {
        return orders.forget(tx, subject, nobody);
    }

    @Override
    public int place() {
        return 0;
    }
}
