package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
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

        List<AvailabilityState.VariantAvailability> variants) {

    static AvailabilityView of(AvailabilityState state) {
        return new AvailabilityView(state.productId(), state.version(), state.available(), state.variants());
    }
}
