package io.souk.orders.wishlist;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Reads the caller's own lists; for the caller there are no others. */
@ApplicationScoped
class FindWishlists {
    private final Transactions transactions;
    private final WishlistRepository wishlists;

    FindWishlists(Transactions transactions, WishlistRepository wishlists) {
        this.transactions = transactions;
        this.wishlists = wishlists;
    }

    /** 404 when the caller has none such. */
    Uni<Wishlist> find(Caller caller, UUID id) {
        return transactions.inTenant(caller.tenant(), tx -> find(tx, caller, id));
    }

    /** In the order of their making. */
    Uni<Page<Wishlist>> list(Caller caller, Limit limit, @Nullable String cursor) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(caller.tenant(), tx -> wishlists.listAfter(tx, caller.subject(), after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }

    /** What lies on a list, in the order in which it was added; 404 when the caller has none such. */
    Uni<Page<WishlistItem>> items(Caller caller, UUID id, Limit limit, @Nullable String cursor) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(
                        caller.tenant(),
                        tx -> find(tx, caller, id).chain(() -> wishlists.listItems(tx, id, after, limit.probe())))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.place())));
    }

    private Uni<Wishlist> find(Tx tx, Caller caller, UUID id) {
        return wishlists.find(tx, caller.subject(), id).map(found -> found.orElseThrow(() -> noSuch(id)));
    }

    static Problem noSuch(UUID id) {
        return NOT_FOUND.because("There is no wishlist " + id);
    }
}
