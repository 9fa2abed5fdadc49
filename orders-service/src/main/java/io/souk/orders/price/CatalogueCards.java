package io.souk.orders.price;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** The part of the catalogue's answer that an order needs. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record CatalogueCards(List<Card> items) {

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Card(Product product, @Nullable PriceList prices) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Product(UUID id, String status, @Nullable String type, List<Variant> variants) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Variant(UUID id, String sku) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PriceList(long version, List<Price> prices) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Price(UUID variantId, long amount, String currency) {}
}
