package io.souk.orders.wishlist;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.FieldError;
import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.cart.Bearer;
import io.souk.orders.cart.Cart;
import io.souk.orders.cart.ChangeCart;
import io.souk.orders.price.FindOffers;
import io.souk.orders.price.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/**
 * Puts variants on the caller's own lists and takes them off. Both suit any version and may be repeated: what is so already stays
 * so, at the same version. 404 for a list that the caller does not have.
 */
@ApplicationScoped
class ChangeWishlist {
    private final Transactions transactions;
    private final WishlistRepository wishlists;
    private final FindWishlists findWishlists;
    private final FindOffers findOffers;
    private final ChangeCart changeCart;
    private final Clock clock;

    ChangeWishlist(
            Transactions transactions,
            WishlistRepository wishlists,
            FindWishlists findWishlists,
            FindOffers findOffers,
            ChangeCart changeCart,
            Clock clock) {
        this.transactions = transactions;
        this.wishlists = wishlists;
        this.findWishlists = findWishlists;
        this.findOffers = findOffers;
        this.changeCart = changeCart;
        this.clock = clock;
    }

    /**
     * With the variant of that SKU; 422 for what is not for sale, {@code WISHLIST_FULL} beyond what a list holds.
     *
     * @param authorization the header of the request on whose behalf the catalogue is asked
     */
    Uni<Wishlist> add(Caller caller, UUID id, Sku sku, String authorization) {
        return findWishlists
                .find(caller, id)
                .chain(() -> findOffers.find(caller.tenant(), List.of(sku), authorization))
                .map(offers -> item(offers.get(sku.key())))
                .chain(item -> transactions.inTenant(caller.tenant(), tx -> add(tx, caller, id, item)));
    }

    private Uni<Wishlist> add(Tx tx, Caller caller, UUID id, WishlistItem item) {
        return locked(tx, caller, id)
                .chain(list -> wishlists
                        .add(tx, id, item)
                        .chain(added -> added
                                ? write(tx, list.more(clock.instant()))
                                : Uni.createFrom().item(list)));
    }

    /** Without the variant. */
    Uni<Wishlist> remove(Caller caller, UUID id, UUID variant) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> locked(tx, caller, id)
                        .chain(list -> wishlists
                                .takeOut(tx, id, variant)
                                .chain(removed -> removed
                                        ? write(tx, list.fewer(clock.instant()))
                                        : Uni.createFrom().item(list))));
    }

    /**
     * The caller's cart with so many units of a variant more, which has left the list: both or neither. 404 for what is not on the
     * list (any more), and for another one's cart; else refused as additions to a cart are.
     */
    Uni<Cart> move(Caller caller, UUID id, UUID variant, UUID cart, int quantity, String authorization) {
        var bearer = new Bearer(caller, null);
        return transactions
                .inTenant(caller.tenant(), tx -> findItem(tx, caller, id, variant))
                .chain(item -> changeCart.price(bearer, cart, new Sku(item.sku()), quantity, authorization))
                .onFailure(Problem.class)
                .transform(ChangeWishlist::ofVariant)
                .chain(line -> {
                    if (!line.variantId().equals(variant)) {
                        throw INVALID.because("The SKU " + line.sku() + " is another variant's by now")
                                .parameter("variantId", "is not for sale");
                    }
                    return transactions.inTenant(
                            caller.tenant(),
                            tx -> takeOut(tx, caller, id, variant).chain(() -> changeCart.add(tx, bearer, cart, line)));
                });
    }

    private Uni<WishlistItem> findItem(Tx tx, Caller caller, UUID id, UUID variant) {
        return wishlists
                .find(tx, caller.subject(), id)
                .map(found -> found.orElseThrow(() -> FindWishlists.noSuch(id)))
                .chain(() -> wishlists.findItem(tx, id, variant))
                .map(found -> found.orElseThrow(() -> notThere(variant)));
    }

    private Uni<Wishlist> takeOut(Tx tx, Caller caller, UUID id, UUID variant) {
        return locked(tx, caller, id)
                .chain(list -> wishlists.takeOut(tx, id, variant).chain(removed -> {
                    if (!removed) {
                        throw notThere(variant);
                    }
                    return write(tx, list.fewer(clock.instant()));
                }));
    }

    private Uni<Wishlist> locked(Tx tx, Caller caller, UUID id) {
        return wishlists.lock(tx, caller.subject(), id).map(found -> found.orElseThrow(() -> FindWishlists.noSuch(id)));
    }

    private Uni<Wishlist> write(Tx tx, Wishlist next) {
        return wishlists.update(tx, next).replaceWith(next);
    }

    private WishlistItem item(@Nullable Offer offer) {
        if (offer == null) {
            throw INVALID.because("The variant cannot be added").at("/sku", "is not for sale");
        }
        return new WishlistItem(offer.productId(), offer.variantId(), offer.sku(), Ids.next(), clock.instant());
    }

    /** The request names no SKU, but the variant, in its path. */
    private static Problem ofVariant(Problem refused) {
        if (refused.errors().stream().noneMatch(error -> "/sku".equals(error.pointer()))) {
            return refused;
        }
        var problem = INVALID.because(refused.detail());
        for (var error : refused.errors()) {
            problem.with("/sku".equals(error.pointer()) ? FieldError.of("variantId", error.detail()) : error);
        }
        return problem;
    }

    private static RuntimeException notThere(UUID variant) {
        return NOT_FOUND.because("Variant " + variant + " is not on the wishlist");
    }
}
