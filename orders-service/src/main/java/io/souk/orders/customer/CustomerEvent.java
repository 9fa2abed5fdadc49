package io.souk.orders.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What other services learn of a customer: that there is one, and of which type. Its id is chance and leads to a person in
 * this service's table alone; the subject of its token is a name elsewhere, and not told.
 */
@RegisterForReflection
public record CustomerEvent(UUID id, long version, @Nullable String type, List<String> changed) {
    public static final AggregateType CUSTOMER = new AggregateType("orders", "customer");

    static Change created(Customer customer) {
        return of(customer, List.of("type"));
    }

    /** A version that moved nothing of what is told is told all the same: who counts versions misses none. */
    static Change changed(Customer before, Customer after) {
        return of(after, Objects.equals(before.type(), after.type()) ? List.of() : List.of("type"));
    }

    /** The customer's present version once more. */
    static Change again(Customer customer) {
        return of(customer, List.of());
    }

    static Change erased(UUID id, long version) {
        return Change.deleted(CUSTOMER, id, version);
    }

    private static Change of(Customer customer, List<String> changed) {
        return Change.changed(
                CUSTOMER,
                customer.id(),
                customer.version(),
                new CustomerEvent(customer.id(), customer.version(), customer.type(), changed));
    }
}
