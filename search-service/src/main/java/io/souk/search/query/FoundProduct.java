package io.souk.search.query;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A product as a result shows it.
 *
 * @param price the lowest price of its variants in the asked currency, or in its first one when none was asked for
 * @param highestPrice the highest of them; the same as {@code price} where all cost the same
 * @param available units that can be bought now
 * @param score how well it matches; only in a result ordered by relevance of some words, and comparable only within it
 */
public record FoundProduct(
        UUID id,
        String name,
        @Nullable String slug,
        @Nullable Brand brand,
        @Nullable String type,
        @Nullable String image,
        @Nullable Money price,
        @Nullable Money highestPrice,
        long available,
        @Nullable Float score) {

    /** A brand; without a name until search has heard what it is called. */
    public record Brand(UUID id, @Nullable String name) {}
}
