package io.souk.bench.tables;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A card in the form of catalog-service. What the tables hold as JSON is passed on as it is. */
record TableCard(
        Product product, @Nullable Prices prices, @Nullable Availability availability) {
    record Product(
            UUID id,
            long version,
            String status,
            String name,
            @Nullable String description,
            String slug,
            @Nullable String type,
            @Nullable UUID brandId,
            List<UUID> categoryIds,
            @JsonRawValue String tags,
            @JsonRawValue String attributes,
            @JsonRawValue String media,
            List<Variant> variants,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant publishedAt) {}

    record Variant(
            UUID id,
            String sku,
            @Nullable String name,
            @JsonRawValue String options,
            List<String> gtins) {}

    record Prices(UUID productId, long version, List<Price> prices) {}

    record Price(UUID variantId, String sku, long amount, String currency) {}

    record Availability(UUID productId, long version, long available, String status, List<InStock> variants) {
        static Availability of(UUID productId, long version, List<Units> variants, List<Standing> standings) {
            var statuses = standings.stream().collect(Collectors.toMap(Standing::variantId, Standing::status));
            return new Availability(
                    productId,
                    version,
                    variants.stream().mapToLong(Units::available).sum(),
                    List.of("IN_STOCK", "LOW").stream()
                            .filter(statuses::containsValue)
                            .findFirst()
                            .orElse("SOLD_OUT"),
                    variants.stream()
                            .map(units -> new InStock(
                                    units.variantId(), units.sku(), units.available(), statuses.get(units.variantId())))
                            .toList());
        }
    }

    /** One variant, as the card shows it. */
    record InStock(
            UUID variantId,
            String sku,
            long available,
            @Nullable String status) {}

    /** What a variant's stock is called, as the table has it. */
    @JsonIgnoreProperties({"before", "since"})
    record Standing(UUID variantId, String status) {}

    /** Of one variant, as the table has them. */
    record Units(UUID variantId, String sku, long available) {}
}
