package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.orders.price.FindOffers;
import io.souk.orders.price.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Changes the lines of a cart. 404 for a cart that is not the bearer's; see {@link Cart} for what else is refused. */
@ApplicationScoped
public class ChangeCart {
    private final Transactions transactions;
    private final CartRepository carts;
    private final FindCarts findCarts;
    private final FindOffers findOffers;
    private final Clock clock;

    ChangeCart(
            Transactions transactions, CartRepository carts, FindCarts findCarts, FindOffers findOffers, Clock clock) {
        this.transactions = transactions;
        this.carts = carts;
        this.findCarts = findCarts;
        this.findOffers = findOffers;
        this.clock = clock;
    }

    /**
     * What is to be added, priced as the catalogue says now, in the cart's currency. 422 for what is not for sale in
     * it. Refuses a locked cart before it asks anybody.
     *
     * @param authorization the header of the request on whose behalf the catalogue is asked
     */
    public Uni<CartLine> price(Bearer bearer, UUID id, Sku sku, int quantity, String authorization) {
        return findCarts.findOwn(bearer, id).chain(cart -> {
            cart.requireOpen();
            return findOffers
                    .find(bearer.caller().tenant(), List.of(sku), cart.currency(), authorization)
                    .map(offers -> line(offers.get(sku.key()), quantity, cart.currency()));
        });
    }

    /** Adds the line's units to those that are there, whatever the cart's version: additions commute. */
    public Uni<Cart> add(Tx tx, Bearer bearer, UUID id, CartLine line) {
        return change(tx, bearer, id, null, cart -> cart.add(line, clock.instant()));
    }

    /** Sets a line's units, if the cart is at that version. 404 when the variant is not in the cart. */
    Uni<Cart> set(Bearer bearer, UUID id, UUID variant, int quantity, long seen) {
        return change(bearer, id, seen, cart -> cart.set(line(cart, variant), quantity, clock.instant()));
    }

    /** Takes a line out, if the cart is at that version. 404 when the variant is not in the cart. */
    Uni<Cart> remove(Bearer bearer, UUID id, UUID variant, long seen) {
        return change(bearer, id, seen, cart -> cart.without(line(cart, variant).variantId(), clock.instant()));
    }

    /**
     * Takes the catalogue's present prices for all lines, if the cart is at that version; lines that are not for sale
     * any more leave the cart. The same version when nothing has changed.
     */
    Uni<Cart> reprice(Bearer bearer, UUID id, long seen, String authorization) {
        return findCarts.findOwn(bearer, id).chain(cart -> {
            cart.requireOpen();
            if (cart.lines().isEmpty()) {
                return Uni.createFrom().item(cart);
            }
            var skus = cart.lines().stream().map(line -> new Sku(line.sku())).toList();
            return findOffers
                    .find(bearer.caller().tenant(), skus, cart.currency(), authorization)
                    .chain(offers -> change(bearer, id, seen, present -> priced(present, offers)));
        });
    }

    private Cart priced(Cart cart, Map<String, Offer> offers) {
        var lines = cart.lines().stream()
                .map(line -> {
                    var offer = line.among(offers);
                    var price = offer == null ? null : offer.price();
                    return offer == null || price == null ? null : line.at(price, offer.priceVersion());
                })
                .filter(Objects::nonNull)
                .toList();
        return lines.equals(cart.lines()) ? cart : cart.repriced(lines, clock.instant());
    }

    private Uni<Cart> change(Bearer bearer, UUID id, long seen, UnaryOperator<Cart> change) {
        return transactions.inTenant(bearer.caller().tenant(), tx -> change(tx, bearer, id, seen, change));
    }

    /** @param seen null for a change that suits any version */
    private Uni<Cart> change(Tx tx, Bearer bearer, UUID id, @Nullable Long seen, UnaryOperator<Cart> change) {
        return carts.lock(tx, List.of(id)).chain(found -> {
            var cart = found.stream().filter(bearer::owns).findFirst().orElseThrow(() -> FindCarts.noSuch(id));
            cart.requireOpen();
            if (seen != null) {
                Preconditions.requireVersion(seen, cart.version(), "cart", () -> CartView.of(cart));
            }
            var changed = change.apply(cart);
            return changed.equals(cart)
                    ? Uni.createFrom().item(cart)
                    : carts.update(tx, changed).replaceWith(changed);
        });
    }

    private static CartLine line(Cart cart, UUID variant) {
        var line = cart.line(variant);
        if (line == null) {
            throw NOT_FOUND.because("Variant " + variant + " is not in the cart");
        }
        return line;
    }

    private static CartLine line(@Nullable Offer offer, int quantity, String currency) {
        if (offer == null) {
            throw INVALID.because("The line cannot be added").at("/sku", "is not for sale");
        }
        var price = offer.price();
        if (price == null) {
            throw INVALID.because("The line cannot be added").at("/sku", "has no price in " + currency);
        }
        return new CartLine(offer.productId(), offer.variantId(), offer.sku(), quantity, price, offer.priceVersion());
    }
}
