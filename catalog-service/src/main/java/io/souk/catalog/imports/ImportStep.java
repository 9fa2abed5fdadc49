package io.souk.catalog.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.catalog.Now;
import io.souk.catalog.brand.ResolveBrands;
import io.souk.catalog.category.ResolveCategories;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Names;
import io.souk.catalog.price.Price;
import io.souk.catalog.price.PriceList;
import io.souk.catalog.price.SetPrices;
import io.souk.catalog.product.CheckReferences;
import io.souk.catalog.product.FindProducts;
import io.souk.catalog.product.Product;
import io.souk.catalog.product.ProductContent;
import io.souk.catalog.product.ProductRules;
import io.souk.catalog.product.Revision;
import io.souk.catalog.product.SaveProducts;
import io.souk.catalog.product.Variant;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Imports the rows of one chunk in the job's transaction: some twenty statements, however many rows there are. Rows are judged
 * in their order, so of two that claim one key the first that is acceptable has it.
 */
@ApplicationScoped
class ImportStep {
    private static final String SLUG_CLAIM = "slug:";

    private final ImportRepository imports;
    private final FindProducts products;
    private final CheckReferences references;
    private final SaveProducts save;
    private final SetPrices prices;
    private final ResolveBrands brands;
    private final ResolveCategories categories;
    private final MergeRow merge;
    private final Now now;
    private final Aside aside;

    ImportStep(
            ImportRepository imports,
            FindProducts products,
            CheckReferences references,
            SaveProducts save,
            SetPrices prices,
            ResolveBrands brands,
            ResolveCategories categories,
            MergeRow merge,
            Now now,
            Aside aside) {
        this.imports = imports;
        this.products = products;
        this.references = references;
        this.save = save;
        this.prices = prices;
        this.brands = brands;
        this.categories = categories;
        this.merge = merge;
        this.now = now;
        this.aside = aside;
    }

    /** What the rows are judged by and what becomes of them. */
    private final class Work {
        final UUID job;
        final ImportMapping.Match match;
        final @Nullable ImportMapping mapping;
        final List<ImportRecord> records = new ArrayList<>();
        final List<Planned> planned = new ArrayList<>();
        final Map<String, Long> fresh = new LinkedHashMap<>();
        Map<String, UUID> owners = Map.of();
        Map<UUID, Product> present = Map.of();
        Map<String, Long> claimed = Map.of();
        Map<String, UUID> brandIds = Map.of();
        Map<List<String>, UUID> categoryIds = Map.of();
        Set<UUID> repriced = Set.of();
        final Instant at = now.instant();

        Work(UUID job, @Nullable ImportMapping mapping) {
            this.job = job;
            this.mapping = mapping;
            this.match = mapping == null ? ImportMapping.Match.SKU : mapping.match();
        }

        Collection<String> matchKeys(NativeRow row) {
            return match == ImportMapping.Match.SKU ? row.skuKeys() : row.gtins();
        }

        void reject(long line, @Nullable UUID product, Collection<String> skus, List<Fault> reasons) {
            var told = mapping == null
                    ? reasons
                    : reasons.stream().map(mapping::inSource).distinct().toList(); // two fields may have one source
            records.add(new ImportRecord(
                    line,
                    Outcome.REJECTED,
                    product,
                    skus.isEmpty() ? null : skus.iterator().next(),
                    told,
                    List.of()));
        }
    }

    /** A row that found its product, or will make one. */
    private record Planned(NativeRow row, @Nullable Product before, CheckReferences.Candidate candidate) {
        boolean isGood() {
            return candidate.faults().none() && candidate.conflicts().none();
        }
    }

    /** A row that is accepted. */
    private record Accepted(NativeRow row, SetPrices.Repricing repricing, Revision revision, Product after) {}

    /**
     * What became of each line; written as records too. Fails with a {@link CatalogProblem} when the tables refuse one of the
     * rows for what no look beforehand has shown.
     */
    Uni<List<ImportRecord>> run(Tx tx, UUID job, @Nullable ImportMapping mapping, List<ReadRows.Line> lines) {
        var work = new Work(job, mapping);
        var rows = readable(work, lines);
        return findPresent(tx, work, rows)
                .chain(() -> aside.run(() -> planAll(work, rows)))
                .chain(() -> check(tx, work))
                .chain(() -> checkPrices(tx, work))
                .chain(() -> findClaims(tx, work))
                .map(_ -> accepted(work))
                .chain(accepted -> resolveNames(tx, work, accepted)
                        .map(_ ->
                                accepted.stream().map(row -> revised(work, row)).toList()))
                .chain(accepted -> write(tx, work, accepted));
    }

    /** Refuses a line that the tables refused when it stood alone. */
    Uni<List<ImportRecord>> refuse(
            Tx tx, UUID job, @Nullable ImportMapping mapping, List<ReadRows.Line> lines, Problem refusal) {
        var work = new Work(job, mapping);
        for (var line : lines) {
            var skus = line.row() == null ? Set.<String>of() : line.row().skuKeys();
            work.reject(line.number(), null, skus, ReadRows.reasons(refusal));
        }
        return imports.put(tx, job, work.records).replaceWith(work.records);
    }

    private static List<NativeRow> readable(Work work, List<ReadRows.Line> lines) {
        var rows = new ArrayList<NativeRow>(lines.size());
        for (var line : lines) {
            if (line.row() != null && line.reasons().isEmpty()) {
                rows.add(line.row());
            } else {
                var skus = line.row() == null ? Set.<String>of() : line.row().skuKeys();
                work.reject(line.number(), null, skus, line.reasons());
            }
        }
        return rows;
    }

    /** The products that the rows are about, locked. */
    private Uni<Void> findPresent(Tx tx, Work work, List<NativeRow> rows) {
        var keys = new HashSet<String>();
        rows.forEach(row -> keys.addAll(work.matchKeys(row)));
        var owners = work.match == ImportMapping.Match.SKU
                ? references.ownersOfSkus(tx, keys)
                : references.ownersOfGtins(tx, keys);
        return owners.invoke(found -> work.owners = found)
                .chain(found -> products.lockedAll(tx, new HashSet<>(found.values())))
                .invoke(found -> work.present = found)
                .replaceWithVoid();
    }

    private Work planAll(Work work, List<NativeRow> rows) {
        rows.forEach(row -> plan(work, row));
        return work;
    }

    private void plan(Work work, NativeRow row) {
        var ids = new LinkedHashSet<UUID>();
        for (var key : work.matchKeys(row)) {
            var owner = work.owners.get(key);
            if (owner != null && work.present.containsKey(owner)) {
                ids.add(owner);
            }
        }
        if (ids.size() > 1) {
            work.reject(
                    row.line(),
                    null,
                    row.skuKeys(),
                    List.of(new Fault("/variants", "belong to several products: " + ids)));
            return;
        }
        var before = ids.isEmpty() ? null : work.present.get(ids.iterator().next());
        var id = before == null ? Ids.next() : before.id();
        var faults = new Faults();
        ProductContent content;
        try {
            content = ProductRules.content(merge.over(before, row, work.match), id, before, faults);
        } catch (JsonProcessingException unreadable) {
            work.reject(row.line(), before == null ? null : id, row.skuKeys(), ReadRows.reasons(unreadable));
            return;
        } catch (Problem refused) { // what no merge patch may be, such as one that is nested too deep
            work.reject(row.line(), before == null ? null : id, row.skuKeys(), ReadRows.reasons(refused));
            return;
        }
        work.planned.add(new Planned(row, before, new CheckReferences.Candidate(id, content, faults, new Faults())));
    }

    private Uni<Void> check(Tx tx, Work work) {
        return references.check(
                tx, work.planned.stream().map(Planned::candidate).toList());
    }

    private Uni<Void> checkPrices(Tx tx, Work work) {
        var repricings = work.planned.stream()
                .filter(Planned::isGood)
                .map(ImportStep::repricing)
                .filter(ImportStep::changesPrices)
                .toList();
        return prices.tooMany(tx, repricings)
                .invoke(found -> work.planned.stream()
                        .filter(row -> found.contains(row.candidate().product()))
                        .forEach(row -> row.candidate()
                                .faults()
                                .at("/variants", "would have more than " + PriceList.MAX_PRICES + " prices")))
                .replaceWithVoid();
    }

    private static boolean changesPrices(SetPrices.Repricing repricing) {
        return !repricing.prices().isEmpty() || !repricing.cleared().isEmpty();
    }

    private Uni<Void> findClaims(Tx tx, Work work) {
        var keys = new HashSet<String>();
        work.planned.forEach(row -> keys.addAll(claimsOf(row)));
        return imports.claims(tx, work.job, keys)
                .invoke(found -> work.claimed = found)
                .replaceWithVoid();
    }

    /**
     * What no other row of the file may be about: its SKUs, its GTINs, the slug that it asks for, and the product that it
     * changes. A slug that we made has the product's id in it.
     */
    private static List<String> claimsOf(Planned row) {
        var keys = new ArrayList<String>();
        for (var variant : row.candidate().content().variants()) {
            keys.add("sku:" + variant.sku().key());
            variant.gtins().forEach(gtin -> keys.add("gtin:" + gtin.digits()));
        }
        if (row.row().namesSlug()) {
            keys.add(SLUG_CLAIM + row.candidate().content().slug());
        }
        if (row.before() != null) {
            keys.add("product:" + row.before().id());
        }
        return keys;
    }

    private static List<Planned> accepted(Work work) {
        var accepted = new ArrayList<Planned>(work.planned.size());
        for (var row : work.planned) {
            var reasons = new ArrayList<>(row.candidate().faults().list());
            reasons.addAll(row.candidate().conflicts().list());
            if (reasons.isEmpty()) {
                reasons.addAll(twins(work, row));
            }
            if (reasons.isEmpty()) {
                claimsOf(row).forEach(key -> work.fresh.put(key, row.row().line()));
                accepted.add(row);
            } else {
                var known = row.before() == null ? null : row.before().id();
                work.reject(row.row().line(), known, row.row().skuKeys(), reasons);
            }
        }
        return accepted;
    }

    /** The keys that an earlier row of the file has, each with that row's line. */
    private static List<Fault> twins(Work work, Planned row) {
        var twins = new ArrayList<Fault>(0);
        for (var key : claimsOf(row)) {
            var line = work.fresh.getOrDefault(key, work.claimed.get(key));
            if (line != null) {
                twins.add(new Fault(pointer(row, key), "is in line " + line + " of this file already"));
            }
        }
        return twins;
    }

    private static String pointer(Planned row, String key) {
        if (key.startsWith(SLUG_CLAIM)) {
            return "/slug";
        }
        var variants = row.candidate().content().variants();
        for (int i = 0; i < variants.size(); i++) {
            if (key.equals("sku:" + variants.get(i).sku().key())) {
                return "/variants/" + i + "/sku";
            }
            for (int j = 0; j < variants.get(i).gtins().size(); j++) {
                if (key.equals("gtin:" + variants.get(i).gtins().get(j).digits())) {
                    return "/variants/" + i + "/gtins/" + j;
                }
            }
        }
        return "";
    }

    /** Only for rows that are accepted: a refused row makes no brand and no category. */
    private Uni<Void> resolveNames(Tx tx, Work work, List<Planned> accepted) {
        var names = new LinkedHashSet<String>();
        var paths = new LinkedHashSet<List<String>>();
        for (var row : accepted) {
            if (row.row().brand() != null) {
                names.add(row.row().brand());
            }
            if (row.row().categories() != null) {
                paths.addAll(row.row().categories());
            }
        }
        return brands.byName(tx, names)
                .invoke(found -> work.brandIds = found)
                .chain(() -> categories.byPath(tx, paths))
                .invoke(found -> work.categoryIds = found)
                .replaceWithVoid();
    }

    private static Accepted revised(Work work, Planned planned) {
        var row = planned.row();
        var content = planned.candidate().content();
        if (row.brand() != null) {
            content = content.withBrand(work.brandIds.get(Names.key(row.brand())));
        }
        if (row.categories() != null) {
            var ids = new LinkedHashSet<UUID>();
            row.categories().forEach(path -> ids.add(categoryId(work, path)));
            content = content.withCategories(List.copyOf(ids));
        }
        var before = planned.before();
        if (before == null) {
            var draft = Product.draft(planned.candidate().product(), content, work.at);
            var after = row.publish() ? draft.publish(work.at).asVersion(1) : draft;
            return new Accepted(row, repricing(planned), Revision.created(after), after);
        }
        var edited = before.edit(content, work.at);
        var after = row.publish() ? edited.publish(work.at) : edited;
        if (after.version() != before.version()) {
            after = after.asVersion(before.version() + 1);
        }
        return new Accepted(row, repricing(planned), Revision.edited(before, after), after);
    }

    private static UUID categoryId(Work work, List<String> path) {
        var id = work.categoryIds.get(path);
        if (id == null) {
            throw new IllegalStateException("a path was not resolved");
        }
        return id;
    }

    private Uni<List<ImportRecord>> write(Tx tx, Work work, List<Accepted> accepted) {
        return save.save(tx, accepted.stream().map(Accepted::revision).toList())
                .chain(() -> prices.merge(
                        tx,
                        accepted.stream()
                                .map(Accepted::repricing)
                                .filter(ImportStep::changesPrices)
                                .toList()))
                .invoke(repriced -> work.repriced = repriced)
                .invoke(() -> accepted.forEach(row -> work.records.add(record(work, row))))
                .chain(() -> imports.claim(tx, work.job, work.fresh))
                .chain(() -> imports.put(tx, work.job, work.records))
                .replaceWith(work.records);
    }

    /** A good row's prices belong to the variants that it named, which now have their ids. */
    private static SetPrices.Repricing repricing(Planned planned) {
        var row = planned.row();
        var bySku = new HashMap<String, Variant>();
        planned.candidate()
                .content()
                .variants()
                .forEach(variant -> bySku.put(variant.sku().key(), variant));
        var cleared = new HashSet<UUID>();
        row.unpriced().forEach(place -> cleared.add(variantAt(row, place, bySku).id()));
        var prices = new ArrayList<Price>();
        for (var price : row.prices()) {
            var variant = variantAt(row, price.variant(), bySku);
            prices.add(new Price(variant.id(), variant.sku(), price.money()));
        }
        return new SetPrices.Repricing(planned.candidate().product(), cleared, prices);
    }

    private static Variant variantAt(NativeRow row, int place, Map<String, Variant> bySku) {
        var variant = bySku.get(row.skuKeyAt(place));
        if (variant == null) {
            throw new IllegalStateException("line " + row.line() + " prices a variant without a SKU");
        }
        return variant;
    }

    private static ImportRecord record(Work work, Accepted row) {
        var outcome = row.revision().before() == null
                ? Outcome.CREATED
                : row.revision().nothing()
                                && !work.repriced.contains(row.after().id())
                        ? Outcome.UNCHANGED
                        : Outcome.UPDATED;
        var variants = row.after().content().variants();
        return new ImportRecord(
                row.row().line(),
                outcome,
                row.after().id(),
                variants.isEmpty() ? null : variants.getFirst().sku().value(),
                List.of(),
                row.row().notes());
    }
}
