package io.souk.orders.cart;

import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;
import io.souk.orders.order.OrderLine;
import io.souk.orders.price.Offer;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/**
 * Some units of one variant at the price that was shown.
 *
 * @param priceVersion of the product's price list when it was shown
 */
public record CartLine(UUID productId, UUID variantId, String sku, int quantity, Money unitPrice, long priceVersion) {
    public CartLine {
        if (quantity < 1 || quantity > OrderLine.MAX_QUANTITY) {
            throw new IllegalArgumentException("not a line: quantity " + quantity);
        }
    }

    /** What of these offers, by SKU, is the line's own; null when its SKU is not for sale, or is another variant's by now. */
    public @Nullable Offer among(Map<String, Offer> offers) {
        @Nullable Offer offer = offers.get(Sku.key(sku));
        return offer == null || !offer.variantId().equals(variantId) ? null : offer;
    }

    CartLine of(int units) {
        return new CartLine(productId, variantId, sku, units, unitPrice, priceVersion);
    }

    CartLine at(Money price, long version) {
        return new CartLine(productId, variantId, sku, quantity, price, version);
    }

    /** Both lines' units, as many as a line holds, at the price that was shown last. */
    CartLine plus(CartLine other) {
        var newer = other.priceVersion > priceVersion ? other : this;
        return newer.of(Math.min(quantity + other.quantity, OrderLine.MAX_QUANTITY));
    }

    /** Fails with {@link ArithmeticException} beyond the largest amount. */
    Money total() {
        return unitPrice.times(quantity);
    }
}
