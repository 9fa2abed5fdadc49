package io.souk.orders.wishlist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.UUID;

import static io.souk.orders.OrdersProblem.WISHLIST_FULL;
import static io.souk.orders.OrdersProblem.WISHLIST_NAME_TAKEN;

/** Makes, renames and removes the caller's own lists. {@code WISHLIST_NAME_TAKEN} for a name that another one has. */
@ApplicationScoped
class SaveWishlist {
    private final Transactions transactions;
    private final WishlistRepository wishlists;
    private final ObjectMapper json;
    private final Clock clock;

    SaveWishlist(Transactions transactions, WishlistRepository wishlists, ObjectMapper json, Clock clock) {
        this.transactions = transactions;
        this.wishlists = wishlists;
        this.json = json;
        this.clock = clock;
    }

    /** {@code WISHLIST_FULL} for somebody who has as many lists as anybody may have. */
    Uni<Wishlist> create(Caller caller, String name) {
        var list = Wishlist.create(Ids.next(), name, clock.instant());
        return transactions.inTenant(
                caller.tenant(),
                tx -> wishlists
                        .count(tx, caller.subject())
                        .invoke(SaveWishlist::requireRoom)
                        .chain(() -> wishlists.insert(tx, caller.subject(), list))
                        .map(inserted -> {
                            if (!inserted) {
                                throw taken(name);
                            }
                            return list;
                        }));
    }

    /** 412 with the present list when it is not at the version seen; the same name again is no new version. */
    Uni<Wishlist> edit(Caller caller, UUID id, long seen, JsonNode patch) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> locked(tx, caller, id, seen).chain(before -> {
                    var wanted =
                            MergePatch.apply(json, new WishlistRequest(before.name()), patch, WishlistRequest.class);
                    var after = before.named(wanted.checked(), clock.instant());
                    return after.equals(before) ? Uni.createFrom().item(before) : rename(tx, caller, after);
                }));
    }

    /** With what lies on it; 412 as for {@link #edit}. */
    Uni<Void> remove(Caller caller, UUID id, long seen) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> locked(tx, caller, id, seen).chain(() -> wishlists.remove(tx, caller.subject(), id)));
    }

    /** In the customer's turn: nobody takes the name between the look and the write. */
    private Uni<Wishlist> rename(Tx tx, Caller caller, Wishlist after) {
        return wishlists
                .count(tx, caller.subject())
                .chain(() -> wishlists.isTaken(tx, caller.subject(), after.name()))
                .chain(isTaken -> {
                    if (isTaken) {
                        throw taken(after.name());
                    }
                    return wishlists.update(tx, after);
                })
                .replaceWith(after);
    }

    private Uni<Wishlist> locked(Tx tx, Caller caller, UUID id, long seen) {
        return wishlists
                .lock(tx, caller.subject(), id)
                .map(found -> found.orElseThrow(() -> FindWishlists.noSuch(id)))
                .invoke(list ->
                        Preconditions.requireVersion(seen, list.version(), "wishlist", () -> WishlistView.of(list)));
    }

    private static void requireRoom(long lists) {
        if (lists >= Wishlist.MAX_LISTS) {
            throw WISHLIST_FULL.because("A customer has at most " + Wishlist.MAX_LISTS + " wishlists");
        }
    }

    private static Problem taken(String name) {
        return WISHLIST_NAME_TAKEN.because("There is a wishlist " + name).at("/name", "is taken");
    }
}
