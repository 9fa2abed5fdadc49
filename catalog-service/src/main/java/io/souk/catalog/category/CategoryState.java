package io.souk.catalog.category;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The event {@code souk.catalog.category.changed.v1}. */
@RegisterForReflection
public record CategoryState(
        UUID id,
        long version,
        String name,
        String slug,
        @Nullable UUID parentId,
        Set<String> changed) {

    static CategoryState of(@Nullable Category before, Category after) {
        var changed = new LinkedHashSet<String>();
        if (before == null || !before.name().equals(after.name())) {
            changed.add("name");
        }
        if (before == null || !before.slug().equals(after.slug())) {
            changed.add("slug");
        }
        if (before == null ? after.parentId() != null : !Objects.equals(before.parentId(), after.parentId())) {
            changed.add("parentId");
        }
        return new CategoryState(after.id(), after.version(), after.name(), after.slug(), after.parentId(), changed);
    }

    /** Of a version that is told once more. */
    static CategoryState unchanged(Category category) {
        return of(category, category);
    }
}
