package io.souk.orders.customer;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Forgets who somebody was, everywhere in this service. */
@ApplicationScoped
class EraseCustomer {
    private final Transactions transactions;
    private final CustomerRepository customers;
    private final List<PersonalRecords> records;
    private final Outbox outbox;
    private final Clock clock;

    EraseCustomer(
            Transactions transactions,
            CustomerRepository customers,
            @All List<PersonalRecords> records,
            Outbox outbox,
            Clock clock) {
        this.transactions = transactions;
        this.customers = customers;
        this.records = records.stream()
                .sorted(Comparator.comparingInt(PersonalRecords::place))
                .toList();
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * The caller, with or without a customer's row, and again and again. If there is one, 428 without the header and 412 when the row
     * is at another version than it says.
     */
    Uni<Void> eraseOwn(Caller caller, @Nullable String ifMatch) {
        return erase(
                caller.tenant(),
                caller.subject(),
                customer -> requireVersion(customer, Preconditions.requireIfMatch(ifMatch)));
    }

    /** A customer of the tenant: 404 when there is none such, 412 when it is at another version than the one seen. */
    Uni<Void> erase(TenantId tenant, UUID id, long seen) {
        return transactions
                .inTenant(tenant, tx -> customers.find(tx, id))
                .map(found -> Problems.present(found.orElse(null), "customer"))
                .chain(customer -> erase(tenant, customer.subject(), present -> requireVersion(present, seen)));
    }

    /** Whoever has tokens of that subject, whatever there is of them. */
    Uni<Void> erase(TenantId tenant, String subject) {
        return erase(tenant, subject, _ -> {});
    }

    private Uni<Void> erase(TenantId tenant, String subject, Consumer<Customer> check) {
        return parts(tenant, subject, Nobody.fresh(), check);
    }

    /** One transaction after the other, until nothing is left: in a single one, who has bought a great deal could not be forgotten in time. */
    private Uni<Void> parts(TenantId tenant, String subject, String nobody, Consumer<Customer> check) {
        return transactions
                .inTenant(tenant, tx -> part(tx, subject, nobody, check))
                .chain(whole -> whole ? Uni.createFrom().voidItem() : parts(tenant, subject, nobody, check));
    }

    /** Whether it was the last one: that takes the customer's row too. */
    private Uni<Boolean> part(Tx tx, String subject, String nobody, Consumer<Customer> check) {
        return customers
                .lockPerson(tx, subject)
                .chain(() -> customers.lockOfSubject(tx, subject))
                .invoke(found -> found.ifPresent(check))
                .chain(found -> forget(tx, subject, nobody)
                        .call(whole -> whole && found.isPresent()
                                ? erase(tx, found.get())
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Boolean> forget(Tx tx, String subject, String nobody) {
        var forgotten = Uni.createFrom().item(true);
        for (var kept : records) {
            forgotten =
                    forgotten.chain(whole -> kept.forget(tx, subject, nobody).map(nothingLeft -> whole && nothingLeft));
        }
        return forgotten;
    }

    private Uni<Void> erase(Tx tx, Customer customer) {
        long last = customer.version() + 1;
        return customers
                .erase(tx, customer.id(), last, clock.instant())
                .chain(() -> outbox.append(tx, CustomerEvent.erased(customer.id(), last)));
    }

    private static void requireVersion(Customer customer, long seen) {
        Preconditions.requireVersion(seen, customer.version(), "customer", () -> CustomerView.of(customer));
    }
}
