package io.souk.catalog.category;

import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Names;
import io.souk.catalog.input.Slugs;
import io.souk.catalog.input.Texts;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * One version of a category.
 *
 * @param parentId null at a tree's root
 */
public record Category(
        UUID id,
        long version,
        String name,
        String slug,
        @Nullable UUID parentId) {
    public static final int MAX_DEPTH = 10;
    static final int MAX_NAME = 200;
    static final int MAX_SLUG = 200;

    static Category fresh(UUID id, String name, @Nullable String slug, @Nullable UUID parentId) {
        return new Category(id, 1, name, slug == null ? Slugs.plain(name, id) : slug, parentId);
    }

    String key() {
        return Names.key(name);
    }

    /** The next version, or this one when nothing changes. */
    Category edit(String newName, String newSlug, @Nullable UUID newParent) {
        var edited = new Category(id, version, newName, newSlug, newParent);
        return edited.equals(this) ? this : new Category(id, version + 1, newName, newSlug, newParent);
    }

    static void checkName(Faults faults, String pointer, @Nullable String name) {
        Texts.line(faults, pointer, name, MAX_NAME);
    }
}
