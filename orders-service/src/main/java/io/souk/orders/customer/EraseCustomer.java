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

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Forgets who a customer was, everywhere in this service and in one transaction. */
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

    /** The caller's own: 404 for whoever has none, 412 when it is at another version than the one seen. */
    Uni<Void> eraseOwn(Caller caller, long seen) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> customers
                        .lockOfSubject(tx, caller.subject())
                        .map(found -> found.orElseThrow(FindCustomers::noneYet))
                        .chain(customer -> erase(tx, customer, seen)));
    }

    /** As {@link #eraseOwn}, of any customer of the tenant. */
    Uni<Void> erase(TenantId tenant, UUID id, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> customers
                        .lock(tx, id)
                        .map(found -> Problems.present(found.orElse(null), "customer"))
                        .chain(customer -> erase(tx, customer, seen)));
    }

    private Uni<Void> erase(Tx tx, Customer customer, long seen) {
        Preconditions.requireVersion(seen, customer.version(), "customer", () -> CustomerView.of(customer));
        long last = customer.version() + 1;
        return forget(tx, customer)
                .chain(() -> customers.erase(tx, customer.id(), last, clock.instant()))
                .chain(() -> outbox.append(tx, CustomerEvent.erased(customer.id(), last)));
    }

    private Uni<Void> forget(Tx tx, Customer customer) {
        // Not the customer's id, which events have told: nobody could make a token of this name, knowing it from there.
        var nobody = PersonalRecords.NOBODY + UUID.randomUUID();
        var forgotten = Uni.createFrom().voidItem();
        for (var kept : records) {
            forgotten = forgotten.chain(() -> kept.forget(tx, customer.subject(), nobody));
        }
        return forgotten;
    }
}
