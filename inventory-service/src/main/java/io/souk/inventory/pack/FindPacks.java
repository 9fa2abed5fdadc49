package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Looks packs up. */
@ApplicationScoped
class FindPacks {
    private static final String BEFORE_ALL = "";

    private final Transactions transactions;
    private final PackRepository packs;

    FindPacks(Transactions transactions, PackRepository packs) {
        this.transactions = transactions;
        this.packs = packs;
    }

    /** 404 when the tenant has none. */
    Uni<Pack> one(TenantId tenant, Gtin gtin) {
        return transactions.inTenant(tenant, tx -> packs.find(tx, gtin)).map(found -> present(found, gtin));
    }

    /** By GTIN; of one variant, or of all for null. */
    Uni<Page<Pack>> list(TenantId tenant, @Nullable UUID ofVariant, Limit limit, @Nullable String cursor) {
        var after = cursor == null ? BEFORE_ALL : Cursor.text(Cursor.decode(cursor, 1), 0);
        return transactions
                .inTenant(tenant, tx -> packs.list(tx, ofVariant, after, limit.probe()))
                .map(rows ->
                        Page.of(rows, limit, last -> Cursor.encode(last.gtin().digits())));
    }

    static Pack present(@Nullable Pack found, Gtin gtin) {
        if (found == null) {
            throw NOT_FOUND.because("There is no pack " + gtin);
        }
        return found;
    }
}
