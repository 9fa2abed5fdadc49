package io.souk.catalog.brand;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Names;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds brands by name, and makes those that are missing, for an import. */
@ApplicationScoped
public class ResolveBrands {
    private final BrandRepository brands;
    private final SaveBrand save;

    ResolveBrands(BrandRepository brands, SaveBrand save) {
        this.brands = brands;
        this.save = save;
    }

    /** Names a fault unless this can be a brand's name. */
    public static void check(Faults faults, String pointer, String name) {
        Brand.checkName(faults, pointer, name);
    }

    /**
     * The brand of each name, by the key that {@link Names#key} makes of it. The names were checked; a brand that is
     * missing is made under the first spelling given. Two transactions that make the same brand: the second fails with 409.
     */
    public Uni<Map<String, UUID>> byName(Tx tx, Collection<String> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var spellings = new LinkedHashMap<String, String>();
        names.forEach(name -> spellings.putIfAbsent(Names.key(name), name));
        return brands.holdByKey(tx, spellings.keySet()).chain(found -> makeMissing(tx, spellings, found));
    }

    private Uni<Map<String, UUID>> makeMissing(Tx tx, Map<String, String> spellings, List<Brand> found) {
        var ids = new HashMap<String, UUID>();
        found.forEach(brand -> ids.put(brand.key(), brand.id()));
        var fresh = new ArrayList<Brand>();
        spellings.forEach((key, name) -> {
            if (!ids.containsKey(key)) {
                var brand = new Brand(Ids.next(), 1, name);
                fresh.add(brand);
                ids.put(key, brand.id());
            }
        });
        return fresh.isEmpty()
                ? Uni.createFrom().item(ids)
                : save.insert(tx, fresh).replaceWith(ids);
    }
}
