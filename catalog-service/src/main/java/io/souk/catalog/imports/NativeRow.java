package io.souk.catalog.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.catalog.brand.ResolveBrands;
import io.souk.catalog.category.ResolveCategories;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;
import io.souk.catalog.price.PriceRules;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A row in native form, taken apart: what is the product's own, and what is said by name or belongs elsewhere.
 *
 * @param product as a merge patch writes it, without what the other components hold
 * @param onlyNew more of the same, for a new product alone
 * @param unpriced places of variants that lose the prices they have
 * @param publish whether it shall be published; a row cannot take a product back
 */
record NativeRow(
        long line,
        ObjectNode product,
        ObjectNode onlyNew,
        @Nullable String brand,
        @Nullable List<List<String>> categories,
        boolean publish,
        List<PriceOf> prices,
        Set<Integer> unpriced,
        List<Fault> notes) {

    /** A price for the variant at this place of the row. */
    record PriceOf(int variant, Money money) {}

    /** Names in {@code faults} what cannot be taken apart. Changes the given documents: they become the row's own. */
    static NativeRow of(long line, ObjectNode row, ObjectNode onlyNew, List<Fault> notes, Faults faults) {
        var brand = brand(row, faults);
        var categories = categories(row, faults);
        var publish = publish(row, faults);
        var unpriced = new LinkedHashSet<Integer>();
        var prices = prices(row, unpriced, faults);
        if (variants(row).isEmpty() && variants(onlyNew).isEmpty()) {
            faults.at("/variants", "must hold at least one variant, whose SKU tells which product the row is");
        }
        return new NativeRow(line, row, onlyNew, brand, categories, publish, prices, unpriced, notes);
    }

    private static @Nullable String brand(ObjectNode row, Faults faults) {
        var brand = row.remove("brand");
        if (brand == null) {
            return null;
        }
        if (row.has("brandId")) {
            faults.at("/brandId", "excludes brand");
        }
        if (brand.isNull()) {
            row.putNull("brandId");
            return null;
        }
        if (!brand.isTextual()) {
            faults.at("/brand", "must be a name");
            return null;
        }
        ResolveBrands.check(faults, "/brand", brand.textValue());
        return brand.textValue();
    }

    private static @Nullable List<List<String>> categories(ObjectNode row, Faults faults) {
        var categories = row.remove("categories");
        if (categories == null) {
            return null;
        }
        if (row.has("categoryIds")) {
            faults.at("/categoryIds", "excludes categories");
        }
        if (categories.isNull()) {
            row.putNull("categoryIds");
            return null;
        }
        if (!categories.isArray()) {
            faults.at("/categories", "must be an array of paths");
            return null;
        }
        var paths = new LinkedHashSet<List<String>>();
        for (int i = 0; i < categories.size(); i++) {
            var at = Pointers.child("/categories", i);
            if (categories.path(i).isTextual()) {
                paths.add(ResolveCategories.path(faults, at, categories.path(i).textValue()));
            } else {
                faults.at(at, "must be a path such as Food/Cheese/Hard cheese");
            }
        }
        return List.copyOf(paths);
    }

    private static boolean publish(ObjectNode row, Faults faults) {
        var publish = row.remove("publish");
        if (publish != null && !publish.isBoolean()) {
            faults.at("/publish", "must be true or false");
        }
        return publish != null && publish.booleanValue();
    }

    private static List<PriceOf> prices(ObjectNode row, Set<Integer> unpriced, Faults faults) {
        var prices = new ArrayList<PriceOf>(0);
        var variants = variants(row);
        for (int i = 0; i < variants.size(); i++) {
            if (variants.path(i) instanceof ObjectNode variant) {
                var sent = variant.remove("prices");
                if (sent != null && sent.isNull()) {
                    unpriced.add(i);
                } else if (sent != null) {
                    prices(i, sent, prices, faults);
                }
            }
        }
        return prices;
    }

    private static void prices(int variant, JsonNode sent, List<PriceOf> prices, Faults faults) {
        var at = "/variants/" + variant + "/prices";
        if (!sent.isArray()) {
            faults.at(at, "must be an array");
            return;
        }
        var currencies = new LinkedHashSet<String>();
        for (int i = 0; i < sent.size(); i++) {
            var place = Pointers.child(at, i);
            PriceRules.money(faults, place, sent.path(i)).ifPresent(money -> {
                prices.add(new PriceOf(variant, money));
                if (!currencies.add(money.currency())) {
                    faults.at(place, "is a second price in " + money.currency());
                }
            });
        }
    }

    private static JsonNode variants(ObjectNode row) {
        var variants = row.path("variants");
        return variants.isArray() ? variants : JsonNodeFactory.instance.arrayNode();
    }

    /** The keys of its SKUs. What cannot be a SKU's key is found nowhere, and refused later. */
    Set<String> skuKeys() {
        var keys = new LinkedHashSet<String>();
        for (var source : List.of(product, onlyNew)) {
            for (var variant : variants(source)) {
                if (variant.path("sku").isTextual()) {
                    keys.add(Sku.key(variant.path("sku").textValue()));
                }
            }
        }
        return keys;
    }

    /** Whether it asks for a slug of its own choice. */
    boolean namesSlug() {
        return product.hasNonNull("slug") || onlyNew.hasNonNull("slug");
    }

    /** The key of the SKU at a place of the row; empty where there is none. */
    String skuKeyAt(int variant) {
        return Sku.key(variants(product).path(variant).path("sku").asText(""));
    }

    /** Its GTINs, of 14 digits. What is no GTIN is left out, and refused later. */
    Set<String> gtins() {
        var gtins = new LinkedHashSet<String>();
        for (var variant : variants(product)) {
            for (var gtin : variant.path("gtins")) {
                if (gtin.isTextual()) {
                    Gtin.parse(gtin.textValue()).ifPresent(valid -> gtins.add(valid.digits()));
                }
            }
        }
        return gtins;
    }
}
