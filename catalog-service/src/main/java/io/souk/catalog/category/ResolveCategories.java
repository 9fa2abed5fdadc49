package io.souk.catalog.category;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Names;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Finds categories by path, and makes those that are missing, for an import. */
@ApplicationScoped
public class ResolveCategories {
    private final CategoryRepository categories;
    private final SaveCategory save;

    ResolveCategories(CategoryRepository categories, SaveCategory save) {
        this.categories = categories;
        this.save = save;
    }

    /** Names of a path from the root down: {@code Food/Cheese/Hard cheese}. Names a fault for what cannot be one. */
    public static List<String> path(Faults faults, String pointer, String text) {
        var names = List.of(text.split("/", -1));
        if (names.size() > Category.MAX_DEPTH) {
            faults.at(pointer, "must not have more than " + Category.MAX_DEPTH + " levels");
        }
        for (var name : names) {
            Category.checkName(faults, pointer, name);
        }
        return names.stream().map(String::strip).toList();
    }

    /** One name below an already known category or the root. */
    private record Place(@Nullable UUID parent, String key) {}

    /** The category of each path; level by level, since a child needs its parent's id. The paths were checked. */
    public Uni<Map<List<String>, UUID>> byPath(Tx tx, Collection<List<String>> paths) {
        if (paths.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var found = new HashMap<Place, UUID>();
        int levels = paths.stream().mapToInt(List::size).max().orElse(0);
        return categories
                .lockTrees(tx)
                .chain(() -> Multi.createFrom()
                        .range(0, levels)
                        .onItem()
                        .transformToUniAndConcatenate(level -> resolveLevel(tx, paths, level, found))
                        .onItem()
                        .ignoreAsUni())
                .map(_ -> {
                    var ids = new HashMap<List<String>, UUID>();
                    paths.forEach(path -> ids.put(path, last(path, path.size(), found)));
                    return ids;
                });
    }

    private Uni<Void> resolveLevel(Tx tx, Collection<List<String>> paths, int level, Map<Place, UUID> found) {
        var byParent = new HashMap<@Nullable UUID, TreeMap<String, String>>();
        for (var path : paths) {
            if (path.size() > level) {
                var parent = level == 0 ? null : last(path, level, found);
                byParent.computeIfAbsent(parent, _ -> new TreeMap<>())
                        .putIfAbsent(Names.key(path.get(level)), path.get(level));
            }
        }
        return Multi.createFrom()
                .iterable(byParent.entrySet())
                .onItem()
                .transformToUniAndConcatenate(siblings -> resolve(tx, siblings.getKey(), siblings.getValue(), found))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> resolve(Tx tx, @Nullable UUID parent, Map<String, String> names, Map<Place, UUID> found) {
        return categories.childrenByKey(tx, parent, names.keySet()).chain(known -> {
            known.forEach(category -> found.put(new Place(parent, category.key()), category.id()));
            var missing = new ArrayList<Category>();
            names.forEach((key, name) -> {
                if (!found.containsKey(new Place(parent, key))) {
                    var category = Category.fresh(Ids.next(), name, null, parent);
                    missing.add(category);
                    found.put(new Place(parent, key), category.id());
                }
            });
            return missing.isEmpty() ? Uni.createFrom().voidItem() : save.insert(tx, parent, missing);
        });
    }

    /** The category that the first names of a path lead to; the levels above are known. */
    private static UUID last(List<String> path, int levels, Map<Place, UUID> found) {
        @Nullable UUID at = null;
        for (int level = 0; level < levels; level++) {
            at = found.get(new Place(at, Names.key(path.get(level))));
        }
        if (at == null) {
            throw new IllegalStateException("a level was not resolved");
        }
        return at;
    }
}
