package io.souk.catalog.price;

import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;

import java.util.Comparator;
import java.util.UUID;

/** What one variant costs in one currency. */
public record Price(UUID variantId, Sku sku, Money money) {
    /** Beyond any price of goods, and far enough from the largest amount that a whole order still adds up. */
    public static final long MAX_AMOUNT = 1_000_000_000_000L;

    /** By SKU and currency: a price list has one spelling. */
    static final Comparator<Price> ORDER = Comparator.comparing(
                    (Price price) -> price.sku().key())
            .thenComparing(price -> price.money().currency());

    Key key() {
        return new Key(variantId, money.currency());
    }

    Price renamed(Sku to) {
        return new Price(variantId, to, money);
    }

    /** There is one price for each. */
    record Key(UUID variantId, String currency) {}
}
