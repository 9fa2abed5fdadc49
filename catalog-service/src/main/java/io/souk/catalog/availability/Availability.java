package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One version of what of a product can be had.
 *
 * @param version 0 while nothing is known of its stock
 * @param variants those of which a stock level is known, in the product's order
 * @param doubted whether something was told of one of the levels that could not be understood
 */
record Availability(UUID productId, long version, List<OfVariant> variants, boolean doubted) {
    /**
     * @param statusBefore what it was until then; null if that is not known
     * @param statusSince the version in which it came to its status; null where that was before statuses were kept
     */
    record OfVariant(
            UUID variantId,
            String sku,
            long available,
            StockStatus status,
            @Nullable StockStatus statusBefore,
            @Nullable Long statusSince) {

        /**
         * As the table has it. Where that knows no status, or one that does not go with the number, an earlier release has counted:
         * it is what it is where none is ever low.
         */
        static OfVariant stored(Units units, @Nullable Standing standing) {
            boolean gone = units.available() <= 0;
            return standing == null || gone != (standing.status() == StockStatus.SOLD_OUT)
                    ? new OfVariant(
                            units.variantId(),
                            units.sku(),
                            units.available(),
                            StockStatus.of(units.available(), 0),
                            null,
                            null)
                    : new OfVariant(
                            units.variantId(),
                            units.sku(),
                            units.available(),
                            standing.status(),
                            standing.before(),
                            standing.since());
        }

        Units units() {
            return new Units(variantId, sku, available);
        }

        Standing standing() {
            return new Standing(variantId, status, statusBefore, statusSince);
        }

        private static OfVariant next(Count count, @Nullable OfVariant last, long version) {
            var status = StockStatus.of(count.available(), count.lowUnits());
            return last != null && last.status == status
                    ? count.with(status, last.statusBefore, last.statusSince)
                    : count.with(status, last == null ? null : last.status, version);
        }
    }

    /** A variant's number, as the table has it. */
    @RegisterForReflection
    record Units(UUID variantId, String sku, long available) {}

    /** A variant's status, as the table has it. */
    @RegisterForReflection
    record Standing(
            UUID variantId,
            StockStatus status,
            @Nullable StockStatus before,
            @Nullable Long since) {}

    /** What a variant's levels add up to, and from how many units down it is low. */
    record Count(UUID variantId, String sku, long available, long lowUnits) {
        private OfVariant with(StockStatus status, @Nullable StockStatus before, @Nullable Long since) {
            return new OfVariant(variantId, sku, available, status, before, since);
        }
    }

    Availability {
        variants = List.copyOf(variants);
    }

    static Availability unknown(UUID productId) {
        return new Availability(productId, 0, List.of(), false);
    }

    /** The next version, or this one when nothing changes. */
    Availability replace(List<Count> counts, boolean doubt) {
        var before = variants.stream().collect(Collectors.toMap(OfVariant::variantId, Function.identity()));
        var after = counts.stream()
                .map(count -> OfVariant.next(count, before.get(count.variantId()), version + 1))
                .toList();
        return variants.equals(after) && doubted == doubt
                ? this
                : new Availability(productId, version + 1, after, doubt);
    }

    /** What of it moved since a version before, as an event names it. */
    Set<String> changedSince(Availability before) {
        var changed = new TreeSet<String>();
        if (!variants.equals(before.variants)) {
            changed.add("variants");
        }
        if (variants.stream().anyMatch(variant -> Long.valueOf(version).equals(variant.statusSince))) {
            changed.add("status");
        }
        if (available() != before.available()) {
            changed.add("available");
        }
        if (doubted != before.doubted) {
            changed.add("doubted");
        }
        return changed;
    }

    long available() {
        return variants.stream().mapToLong(OfVariant::available).sum();
    }

    StockStatus status() {
        return StockStatus.ofAll(variants.stream().map(OfVariant::status).toList());
    }
}
