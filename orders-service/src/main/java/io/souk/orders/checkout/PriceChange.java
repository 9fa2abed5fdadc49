package io.souk.orders.checkout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import io.souk.orders.cart.Cart;
import io.souk.orders.cart.CartLine;
import io.souk.orders.price.Offer;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.souk.orders.OrdersProblem.PRICE_CHANGED;

/**
 * A price that is not the one which was shown.
 *
 * @param seenVersion of the product's price list when it was shown
 * @param nowVersion of the price list at present
 */
@RegisterForReflection
record PriceChange(UUID variantId, String sku, Money seen, long seenVersion, Money now, long nowVersion) {

    /**
     * {@code PRICE_CHANGED} with each line of the cart whose price has changed; what is not for sale is for others to
     * refuse.
     */
    static void refuseAny(Cart cart, Map<String, Offer> offers) {
        List<PriceChange> changes = new ArrayList<>();
        for (var line : cart.lines()) {
            var change = of(line, line.among(offers));
            if (change != null) {
                changes.add(change);
            }
        }
        if (!changes.isEmpty()) {
            throw PRICE_CHANGED
                    .because("Prices have changed since they were shown; nothing was ordered")
                    .with("changes", changes);
        }
    }

    /** By the amount alone: a restored catalogue may count the same versions again for other prices. */
    private static @Nullable PriceChange of(CartLine line, @Nullable Offer offer) {
        var now = offer == null ? null : offer.price();
        if (offer == null || now == null || now.equals(line.unitPrice())) {
            return null;
        }
        return new PriceChange(
                line.variantId(), line.sku(), line.unitPrice(), line.priceVersion(), now, offer.priceVersion());
    }
}
