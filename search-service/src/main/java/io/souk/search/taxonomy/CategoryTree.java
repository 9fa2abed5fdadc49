package io.souk.search.taxonomy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The categories of one tenant at one revision. Holds whatever the events brought, so a parent may be missing and, while
 * moves are applied one by one, parents may even form a circle: both only end a path early.
 */
public final class CategoryTree {
    private final String revision;
    private final Map<UUID, Category> byId = new HashMap<>();
    private final Map<UUID, List<UUID>> children = new HashMap<>();
    private final Map<String, List<UUID>> bySlug = new HashMap<>();

    /** @param revision the same for two trees only if they hold the same categories */
    public CategoryTree(String revision, Collection<Category> categories) {
        this.revision = revision;
        for (var category : categories) {
            byId.put(category.id(), category);
            if (category.parent() != null) {
                children.computeIfAbsent(category.parent(), _ -> new ArrayList<>())
                        .add(category.id());
            }
            if (category.slug() != null) {
                bySlug.computeIfAbsent(category.slug(), _ -> new ArrayList<>()).add(category.id());
            }
        }
    }

    public @Nullable Category find(UUID id) {
        return byId.get(id);
    }

    /** The categories with that slug: none, one, or several where slugs are unique only below a parent. */
    public List<UUID> withSlug(String slug) {
        return bySlug.getOrDefault(slug, List.of());
    }

    /** The category and everything below it; just itself when it is not known. */
    public Set<UUID> withDescendants(UUID id) {
        var found = new LinkedHashSet<UUID>();
        var open = new ArrayDeque<UUID>();
        open.add(id);
        while (!open.isEmpty()) {
            var next = open.remove();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next, List.of()));
            }
        }
        return found;
    }

    /** The category and everything above it, itself first; just itself when it is not known. */
    public Set<UUID> withAncestors(UUID id) {
        var path = new LinkedHashSet<UUID>();
        @Nullable UUID next = id;
        while (next != null && path.add(next)) {
            var category = byId.get(next);
            next = category == null ? null : category.parent();
        }
        return path;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CategoryTree tree && revision.equals(tree.revision);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(revision);
    }
}
