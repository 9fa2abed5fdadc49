package io.souk.search.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** What search reads of {@code souk.catalog.product-type}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record ProductTypeState(String name, @Nullable String title) {
    ProductTypeState {
        Objects.requireNonNull(name, "name");
    }
}
