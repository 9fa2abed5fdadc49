package io.souk.orders.price;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A variant that is for sale.
 *
 * @param productType null when the product has none
 * @param sku as the catalogue spells it
 * @param price in the currency asked for; null when it has none
 * @param priceVersion of the product's price list; 0 when it has none
 */
public record Offer(
        UUID productId,
        @Nullable String productType,
        UUID variantId,
        String sku,
        @Nullable Money price,
        long priceVersion) {}
