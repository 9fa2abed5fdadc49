package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The event {@code souk.catalog.availability.changed.v1}. A variant whose {@code statusSince} is the event's version came to its
 * status with it, and {@code changed} then names {@code status}; no reader has to keep what was before.
 *
 * @param status that of the variant that is best off; null in events of before there was one
 * @param doubted true when something was told of the stock that could not be understood, so that the numbers may be out of
 *     date; null when not
 */
@RegisterForReflection
public record AvailabilityState(
        UUID productId,
        long version,
        long available,
        @Nullable StockStatus status,
        List<VariantState> variants,
        @Nullable Boolean doubted,
        Set<String> changed) {

    /**
     * One variant within the event.
     *
     * @param statusBefore what it was until then; null if that is not known
     * @param statusSince the version in which it came to its status; null if that is not known
     */
    @RegisterForReflection
    public record VariantState(
            UUID variantId,
            String sku,
            long available,
            @Nullable StockStatus status,
            @Nullable StockStatus statusBefore,
            @Nullable Long statusSince) {}

    static AvailabilityState of(Availability availability, Set<String> changed) {
        return new AvailabilityState(
                availability.productId(),
                availability.version(),
                availability.available(),
                availability.status(),
                availability.variants().stream()
                        .map(variant -> new VariantState(
                                variant.variantId(),
                                variant.sku(),
                                variant.available(),
                                variant.status(),
                                variant.statusBefore(),
                                variant.statusSince()))
                        .toList(),
                availability.doubted() ? true : null,
                changed);
    }
}
