package io.souk.orders.customer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.problem.Problem;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Reads customers; erased ones do not exist. */
@ApplicationScoped
public class FindCustomers {
    private final Transactions transactions;
    private final CustomerRepository customers;

    FindCustomers(Transactions transactions, CustomerRepository customers) {
        this.transactions = transactions;
        this.customers = customers;
    }

    /** The caller's own; 404 for whoever has not made one. */
    Uni<Customer> own(Caller caller) {
        return transactions
                .inTenant(caller.tenant(), tx -> customers.findOfSubject(tx, caller.subject()))
                .map(found -> found.orElseThrow(FindCustomers::noneYet));
    }

    /** 404 when there is none. */
    Uni<Customer> one(TenantId tenant, UUID id) {
        return transactions
                .inTenant(tenant, tx -> customers.find(tx, id))
                .map(found -> Problems.present(found.orElse(null), "customer"));
    }

    /**
     * In the order of their making.
     *
     * @param email those who say that it is theirs, whatever its case: any number of them; null for all. 422 for what is none
     */
    Uni<Page<Customer>> list(TenantId tenant, @Nullable String email, Limit limit, @Nullable String cursor) {
        checkEmail(email);
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(
                        tenant,
                        tx -> email == null
                                ? customers.listAfter(tx, after, limit.probe())
                                : customers.listOfEmail(tx, email, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }

    private static void checkEmail(@Nullable String email) {
        var fault = email == null ? null : Email.fault(email);
        if (fault != null) {
            throw INVALID.because("No customer can have that e-mail").parameter("email", fault);
        }
    }

    /** An address of the caller's own; empty for anybody else's, and for a caller who is no customer. */
    public Uni<Optional<PostalAddress>> address(Caller caller, UUID address) {
        return caller.has(Roles.CUSTOMER)
                ? transactions
                        .inTenant(caller.tenant(), tx -> customers.findOfSubject(tx, caller.subject()))
                        .map(found -> found.flatMap(customer -> customer.address(address)))
                : Uni.createFrom().item(Optional.empty());
    }

    /**
     * Whether the caller keeps that address, as it is here; if so it stays so until the transaction ends. To be asked before any other row is
     * locked: whoever erases the customer locks it first.
     */
    public Uni<Boolean> hold(Tx tx, String subject, UUID address, PostalAddress postal) {
        return customers
                .holdOfSubject(tx, subject)
                .map(found -> found.flatMap(customer -> customer.address(address))
                        .filter(postal::equals)
                        .isPresent());
    }

    /** Which customer has a token of each of the subjects: none for whoever has not become one. Not for every caller's eyes. */
    public Uni<Map<String, UUID>> ids(Tx tx, Collection<String> subjects) {
        return customers.idsOfSubjects(tx, subjects);
    }

    /** The subject of a customer's token; empty when the tenant has none such. Not for a caller's eyes. */
    public Uni<Optional<String>> subject(Tx tx, UUID id) {
        return customers.find(tx, id).map(found -> found.map(Customer::subject));
    }

    static Problem noneYet() {
        return NOT_FOUND.because("There is no customer of this token yet: POST /v1/customers makes it");
    }
}
