package io.souk.search.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.List;

/** What search reads of {@code souk.catalog.price}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record PriceState(List<SearchDocument.Price> prices) {
    static final PriceState NONE = new PriceState(List.of());

    PriceState {
        prices = List.copyOf(prices);
    }
}
