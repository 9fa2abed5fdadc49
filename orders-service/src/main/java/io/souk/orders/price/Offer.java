package io.souk.orders.price;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A variant that is for sale.
 *
 * @param sku as the catalogue spells it
 * @param price in the currency asked for; null when it has none
 */
public record Offer(
        UUID productId,
        UUID variantId,
        String sku,
        @Nullable Money price) {}
