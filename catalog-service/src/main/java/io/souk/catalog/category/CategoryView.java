package io.souk.catalog.category;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A category as it is read. */
@RegisterForReflection
@Schema(name = "Category")
public record CategoryView(
        UUID id,
        long version,
        @Schema(examples = "Hard cheese") String name,
        @Schema(examples = "hard-cheese") String slug,
        @Nullable UUID parentId) {
    static CategoryView of(Category category) {
        return new CategoryView(
                category.id(), category.version(), category.name(), category.slug(), category.parentId());
    }
}
