package io.souk.catalog.category;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Slugs;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A category as it is written: the body of a POST, and what a merge patch is applied to. */
@RegisterForReflection
@Schema(name = "CategoryRequest")
public record CategoryRequest(
        @Schema(required = true, maxLength = Category.MAX_NAME, examples = "Hard cheese") @Nullable
        String name,

        @Schema(description = "Made from the name when absent", examples = "hard-cheese") @Nullable
        String slug,

        @Schema(description = "The category above; absent at the root") @Nullable
        UUID parentId) {

    static CategoryRequest of(Category category) {
        return new CategoryRequest(category.name(), category.slug(), category.parentId());
    }

    /** A category that keeps the rules which need no look-up; 422 otherwise. */
    Category checked(UUID id) {
        var faults = new Faults();
        Category.checkName(faults, "/name", name);
        if (slug != null && (!Slugs.isSlug(slug) || slug.length() > Category.MAX_SLUG)) {
            faults.at("/slug", "must be small letters, digits and single dashes, at most " + Category.MAX_SLUG);
        }
        faults.refuse();
        return Category.fresh(id, name == null ? "" : name, slug, parentId);
    }
}
