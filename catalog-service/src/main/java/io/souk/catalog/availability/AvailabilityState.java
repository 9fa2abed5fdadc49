package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The event {@code souk.catalog.availability.changed.v1}.
 *
 * @param doubted true when something was told of the stock that could not be understood, so that the numbers may be out of
 *     date; null when not
 */
@RegisterForReflection
public record AvailabilityState(
        UUID productId,
        long version,
        long available,
        List<VariantAvailability> variants,
        @Nullable Boolean doubted,
        Set<String> changed) {

    /** One variant within the event and the view. */
    @RegisterForReflection
    @Schema(name = "VariantAvailability")
    public record VariantAvailability(UUID variantId, String sku, long available) {}

    static AvailabilityState of(Availability availability) {
        return new AvailabilityState(
                availability.productId(),
                availability.version(),
                availability.available(),
                availability.variants().stream()
                        .map(variant ->
                                new VariantAvailability(variant.variantId(), variant.sku(), variant.available()))
                        .toList(),
                availability.doubted() ? true : null,
                Set.of("variants"));
    }
}
