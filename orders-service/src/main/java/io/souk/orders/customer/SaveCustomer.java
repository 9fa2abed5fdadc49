package io.souk.orders.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Makes and changes customers, each version with its event. A change takes the version that was seen: 412 with the present
 * state for another one.
 */
@ApplicationScoped
class SaveCustomer {
    private final Transactions transactions;
    private final CustomerRepository customers;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;

    SaveCustomer(
            Transactions transactions, CustomerRepository customers, Outbox outbox, ObjectMapper json, Clock clock) {
        this.transactions = transactions;
        this.customers = customers;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** A customer, and whether it was made just now. */
    record Made(Customer customer, boolean isNew) {}

    /** The caller's own customer: the one that is there, as it is, or a new one. */
    Uni<Made> make(Caller caller, CustomerRequest request) {
        var customer = Customer.create(Ids.next(), caller.subject(), request.checked(), clock.instant());
        return transactions.inTenant(
                caller.tenant(),
                tx -> customers
                        .insert(tx, customer)
                        .chain(inserted -> inserted
                                ? outbox.append(tx, CustomerEvent.created(customer))
                                        .replaceWith(new Made(customer, true))
                                : customers
                                        .findOfSubject(tx, caller.subject())
                                        .map(present -> new Made(present.orElseThrow(FindCustomers::noneYet), false))));
    }

    /** The caller's own profile, patched. */
    Uni<Customer> edit(Caller caller, long seen, JsonNode patch) {
        return changeOwn(caller, seen, customer -> {
            var wanted = MergePatch.apply(json, CustomerRequest.of(customer.profile()), patch, CustomerRequest.class);
            return customer.edit(wanted.checked(), clock.instant());
        });
    }

    /** The caller's own, with one address more. */
    Uni<Customer> addAddress(Caller caller, long seen, UUID id, AddressRequest request) {
        var address = request.checked(id);
        return changeOwn(caller, seen, customer -> customer.add(address, clock.instant()));
    }

    /** The caller's own, with one address patched; 404 when it has none such. */
    Uni<Customer> editAddress(Caller caller, long seen, UUID id, JsonNode patch) {
        return changeOwn(caller, seen, customer -> {
            var before = AddressRequest.of(customer.require(id));
            var wanted = MergePatch.apply(json, before, patch, AddressRequest.class);
            return customer.replace(wanted.checked(id), clock.instant());
        });
    }

    /** The caller's own, without that address; 404 when it has none such. */
    Uni<Customer> removeAddress(Caller caller, long seen, UUID id) {
        return changeOwn(caller, seen, customer -> customer.remove(id, clock.instant()));
    }

    /** What the shop says of any of its customers, patched. */
    Uni<Customer> setType(TenantId tenant, UUID id, long seen, JsonNode patch) {
        return transactions.inTenant(
                tenant,
                tx -> customers
                        .lock(tx, id)
                        .map(found -> Problems.present(found.orElse(null), "customer"))
                        .chain(before -> change(tx, before, seen, customer -> {
                            var present = new CustomerTypeRequest(customer.type());
                            var wanted = MergePatch.apply(json, present, patch, CustomerTypeRequest.class);
                            return customer.ofType(wanted.checked().type(), clock.instant());
                        })));
    }

    private Uni<Customer> changeOwn(Caller caller, long seen, UnaryOperator<Customer> change) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> customers
                        .lockOfSubject(tx, caller.subject())
                        .map((Optional<Customer> found) -> found.orElseThrow(FindCustomers::noneYet))
                        .chain(before -> change(tx, before, seen, change)));
    }

    private Uni<Customer> change(Tx tx, Customer before, long seen, UnaryOperator<Customer> change) {
        Preconditions.requireVersion(seen, before.version(), "customer", () -> CustomerView.of(before));
        var after = change.apply(before);
        return after.equals(before)
                ? Uni.createFrom().item(before)
                : customers
                        .update(tx, after)
                        .chain(() -> outbox.append(tx, CustomerEvent.changed(before, after)))
                        .replaceWith(after);
    }
}
