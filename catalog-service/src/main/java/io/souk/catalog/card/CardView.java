package io.souk.catalog.card;

import io.souk.catalog.availability.AvailabilityView;
import io.souk.catalog.price.PriceListView;
import io.souk.catalog.product.ProductView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** The shape of a card, for the API document; what is served is put together from bytes. */
@Schema(name = "ProductCard")
record CardView(
        ProductView product,

        @Schema(description = "null while the product has no prices") @Nullable
        PriceListView prices,

        @Schema(description = "null while nothing is known of its stock") @Nullable
        AvailabilityView availability) {

    /** Some cards. */
    @Schema(name = "ProductCards")
    record Page(List<CardView> items, @Nullable String next) {}
}
