package io.souk.catalog.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.catalog.brand.FindBrands;
import io.souk.catalog.category.FindCategories;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;
import io.souk.catalog.producttype.AttributeRules;
import io.souk.catalog.producttype.CheckAttributes;
import io.souk.catalog.producttype.FindProductTypes;
import io.souk.kit.json.OwnJson;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Checks contents against what they refer to: type and its schema, brand, categories, and the SKUs, GTINs and slugs of
 * other products. Some statements for any number of contents.
 */
@ApplicationScoped
public class CheckReferences {
    private final ProductRepository products;
    private final FindProductTypes types;
    private final CheckAttributes attributes;
    private final FindBrands brands;
    private final FindCategories categories;
    private final OwnJson json;

    CheckReferences(
            ProductRepository products,
            FindProductTypes types,
            CheckAttributes attributes,
            FindBrands brands,
            FindCategories categories,
            OwnJson json) {
        this.json = json;
        this.products = products;
        this.types = types;
        this.attributes = attributes;
        this.brands = brands;
        this.categories = categories;
    }

    /**
     * A content that is about to become a product's.
     *
     * @param faults takes what breaks a rule (422)
     * @param conflicts takes what another product has already (409)
     */
    public record Candidate(UUID product, ProductContent content, Faults faults, Faults conflicts) {
        public Candidate(UUID product, ProductContent content) {
            this(product, content, new Faults(), new Faults());
        }

        /** Ends the request with 422 or 409 if anything stands against the content. */
        void refuse() {
            faults.refuse();
            if (!conflicts.none()) {
                throw conflict();
            }
        }

        private Problem conflict() {
            var first = conflicts.list().getFirst();
            var code = first.pointer().endsWith("/sku")
                    ? CatalogProblem.DUPLICATE_SKU
                    : first.pointer().equals("/slug") ? CatalogProblem.DUPLICATE_SLUG : CatalogProblem.DUPLICATE_GTIN;
            return conflicts.problem(code, "Another product has it");
        }
    }

    /** What the tables say about all candidates. */
    private static final class Known {
        Map<String, AttributeRules> types = Map.of();
        Set<UUID> brands = Set.of();
        Set<UUID> categories = Set.of();
        Map<String, UUID> skus = Map.of();
        Map<String, UUID> gtins = Map.of();
        Map<String, UUID> slugs = Map.of();
    }

    /** Adds to the candidates' faults and conflicts; the brands and categories found cannot go before this one ends. */
    public Uni<Void> check(Tx tx, List<Candidate> candidates) {
        var asked = new Asked(candidates);
        var known = new Known();
        return types.named(tx, asked.types)
                .invoke(found -> known.types = found)
                .chain(() -> brands.existing(tx, asked.brands))
                .invoke(found -> known.brands = found)
                .chain(() -> categories.existing(tx, asked.categories))
                .invoke(found -> known.categories = found)
                .chain(() -> products.ownersOfSkus(tx, asked.skus))
                .invoke(found -> known.skus = found)
                .chain(() -> products.ownersOfGtins(tx, asked.gtins))
                .invoke(found -> known.gtins = found)
                .chain(() -> products.ownersOfSlugs(tx, asked.slugs))
                .invoke(found -> known.slugs = found)
                .chain(() -> attributes.check(attributeChecks(candidates, known.types)))
                .invoke(() -> candidates.forEach(candidate -> judge(candidate, known)))
                .replaceWithVoid();
    }

    private static final class Asked {
        final Set<String> types = new HashSet<>();
        final Set<UUID> brands = new HashSet<>();
        final Set<UUID> categories = new HashSet<>();
        final Set<String> skus = new HashSet<>();
        final Set<String> gtins = new HashSet<>();
        final Set<String> slugs = new HashSet<>();

        Asked(Collection<Candidate> candidates) {
            for (var candidate : candidates) {
                var content = candidate.content();
                addIfAny(types, content.type());
                addIfAny(brands, content.brandId());
                categories.addAll(content.categoryIds());
                slugs.add(content.slug());
                for (var variant : content.variants()) {
                    skus.add(variant.sku().key());
                    variant.gtins().forEach(gtin -> gtins.add(gtin.digits()));
                }
            }
        }

        private static <T> void addIfAny(Set<T> set, @Nullable T value) {
            if (value != null) {
                set.add(value);
            }
        }
    }

    private void judge(Candidate candidate, Known known) {
        var content = candidate.content();
        judgeSize(candidate);
        if (content.brandId() != null && !known.brands.contains(content.brandId())) {
            candidate.faults().at("/brandId", "is no brand of this tenant");
        }
        for (int i = 0; i < content.categoryIds().size(); i++) {
            if (!known.categories.contains(content.categoryIds().get(i))) {
                candidate.faults().at(Pointers.child("/categoryIds", i), "is no category of this tenant");
            }
        }
        judgeOwner(candidate, "/slug", known.slugs.get(content.slug()));
        for (int i = 0; i < content.variants().size(); i++) {
            var variant = content.variants().get(i);
            var at = Pointers.child("/variants", i);
            judgeOwner(candidate, at + "/sku", known.skus.get(variant.sku().key()));
            for (int j = 0; j < variant.gtins().size(); j++) {
                judgeOwner(
                        candidate,
                        Pointers.child(at + "/gtins", j),
                        known.gtins.get(variant.gtins().get(j).digits()));
            }
        }
    }

    /** Of those whose type there is; the others are told so. */
    private static List<CheckAttributes.Check> attributeChecks(
            List<Candidate> candidates, Map<String, AttributeRules> types) {
        var checks = new ArrayList<CheckAttributes.Check>(candidates.size());
        for (var candidate : candidates) {
            var content = candidate.content();
            if (content.type() == null) {
                continue;
            }
            var rules = types.get(content.type());
            if (rules == null) {
                candidate.faults().at("/type", "is no product type");
            } else {
                checks.add(new CheckAttributes.Check(rules, content.attributes(), "/attributes", candidate.faults()));
            }
        }
        return checks;
    }

    /** Names the field that takes the most. */
    private void judgeSize(Candidate candidate) {
        var bytes = json.bytes(Editable.of(candidate.content()));
        if (bytes.length <= ProductRules.MAX_BYTES) {
            return;
        }
        var fields = json.read(new String(bytes, StandardCharsets.UTF_8), ObjectNode.class)
                .properties();
        var largest = fields.stream()
                .max(Comparator.comparingInt(
                        field -> field.getValue().toString().length()))
                .orElseThrow();
        candidate
                .faults()
                .at(
                        Pointers.child("", largest.getKey()),
                        "makes the product too large: " + bytes.length + " bytes as JSON, at most "
                                + ProductRules.MAX_BYTES);
    }

    private static void judgeOwner(Candidate candidate, String pointer, @Nullable UUID owner) {
        if (owner != null && !owner.equals(candidate.product())) {
            candidate.conflicts().at(pointer, "belongs to product " + owner);
        }
    }

    /** The products that have any of these SKU keys or GTINs, for who matches rows to products. */
    public Uni<Map<String, UUID>> ownersOfSkus(Tx tx, Collection<String> keys) {
        return products.ownersOfSkus(tx, keys).map(HashMap::new);
    }

    public Uni<Map<String, UUID>> ownersOfGtins(Tx tx, Collection<String> gtins) {
        return products.ownersOfGtins(tx, gtins).map(HashMap::new);
    }
}
