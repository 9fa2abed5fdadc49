package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.view.TokenWait;
import jakarta.enterprise.context.ApplicationScoped;

/** Waits for the stock levels that a caller has seen: the inventory answers sooner than the catalogue hears of it. */
@ApplicationScoped
public class AwaitStock {
    private final Transactions transactions;
    private final AvailabilityRepository availability;
    private final TokenWait tokens;

    AwaitStock(Transactions transactions, AvailabilityRepository availability, TokenWait tokens) {
        this.transactions = transactions;
        this.availability = availability;
        this.tokens = tokens;
    }

    /** Whether there is a stock level among them; without any versions nothing is made to find out. */
    public static boolean concerns(AggregateVersions seen) {
        return !seen.isEmpty() && !seen.named(ApplyStock.STOCK.name()).isEmpty();
    }

    /**
     * Completes once every level of stock among them is applied here, and with it counted: from then on the tables, though not
     * yet the caches, show it. Fails with 503 if that takes too long; a level that the tenant does not have never comes.
     */
    public Uni<Void> arrived(TenantId tenant, AggregateVersions seen) {
        var levels = seen.named(ApplyStock.STOCK.name());
        return tokens.until(tenant, transactions.inTenant(tenant, tx -> availability.reached(tx, levels)));
    }
}
