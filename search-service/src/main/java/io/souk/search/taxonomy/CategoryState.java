package io.souk.search.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.UUID;

/** What search reads of {@code souk.catalog.category}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record CategoryState(
        String name, @Nullable String slug, @Nullable UUID parentId) {
    CategoryState {
        Objects.requireNonNull(name, "name");
    }
}
