package io.souk.search.index;

import io.souk.search.query.Facet;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts of brands from counts of id and name. */
final class BrandCounts {
    private BrandCounts() {}

    /**
     * While a new name spreads over a brand's products, some still carry the old one: they are one brand all the same, called
     * as most of them say.
     */
    static List<Facet.Count> of(Map<String, Integer> byIdAndName, int size) {
        Map<UUID, Named> brands = new HashMap<>();
        byIdAndName.entrySet().stream().sorted(TermCounter.MOST_FIRST).forEach(entry -> {
            int cut = entry.getKey().indexOf(Fields.SEPARATOR);
            var id = UUID.fromString(entry.getKey().substring(0, cut));
            brands.merge(id, new Named(entry.getKey().substring(cut + 1), entry.getValue()), Named::and);
        });
        return brands.entrySet().stream()
                .map(entry -> entry.getValue().count(entry.getKey()))
                .sorted(Comparator.comparingInt(Facet.Count.OfBrand::products)
                        .reversed()
                        .thenComparing(Facet.Count.OfBrand::id))
                .limit(size)
                .map(Facet.Count.class::cast)
                .toList();
    }

    private record Named(String name, int products) {
        Named and(Named other) {
            return new Named(name, products + other.products);
        }

        Facet.Count.OfBrand count(UUID id) {
            @Nullable String known = name.isEmpty() ? null : name;
            return new Facet.Count.OfBrand(id, known, products);
        }
    }
}
