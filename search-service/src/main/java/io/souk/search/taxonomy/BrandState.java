package io.souk.search.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.Objects;

/** What search reads of {@code souk.catalog.brand}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record BrandState(String name) {
    BrandState {
        Objects.requireNonNull(name, "name");
    }
}
