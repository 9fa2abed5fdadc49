package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.availability.AvailabilityState.VariantState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.UUID;

/** What of a product can be had, as it is read. */
@RegisterForReflection
@Schema(name = "Availability")
public record AvailabilityView(
        UUID productId,
        long version,

        @Schema(description = "Units of all variants, over all locations")
        long available,

        @Schema(description = "That of the variant that is best off: a product is sold out when all its variants are")
        StockStatus status,

        List<VariantAvailability> variants) {

    /** One variant within the view. */
    @RegisterForReflection
    @Schema(name = "VariantAvailability")
    public record VariantAvailability(
            UUID variantId,
            String sku,
            long available,

            @Schema(description = "`LOW` from as many units down as the tenant says, or somebody says for the variant")
            StockStatus status) {

        /** An event of before there were statuses tells what it would have told where none is ever low. */
        private static VariantAvailability of(VariantState variant) {
            var status = variant.status();
            return new VariantAvailability(
                    variant.variantId(),
                    variant.sku(),
                    variant.available(),
                    status == null ? StockStatus.of(variant.available(), 0) : status);
        }
    }

    static AvailabilityView of(AvailabilityState state) {
        var variants = state.variants().stream().map(VariantAvailability::of).toList();
        return new AvailabilityView(
                state.productId(),
                state.version(),
                state.available(),
                StockStatus.ofAll(
                        variants.stream().map(VariantAvailability::status).toList()),
                variants);
    }
}
