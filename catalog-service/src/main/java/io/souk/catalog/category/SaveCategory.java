package io.souk.catalog.category;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.event.Change;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Makes, edits, moves and deletes a category, each with its event. */
@ApplicationScoped
public class SaveCategory {
    private final Transactions transactions;
    private final CategoryRepository categories;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final CategoryUse use;

    SaveCategory(
            Transactions transactions,
            CategoryRepository categories,
            Outbox outbox,
            ObjectMapper json,
            CategoryUse use) {
        this.transactions = transactions;
        this.categories = categories;
        this.outbox = outbox;
        this.json = json;
        this.use = use;
    }

    /** 422 for an unknown parent or too deep a place, 409 when a sibling has the name. */
    Uni<Category> create(TenantId tenant, CategoryRequest request) {
        var category = request.checked(Ids.next());
        return transactions
                .inTenant(
                        tenant,
                        tx -> lockIfBelow(tx, category.parentId())
                                .chain(() -> checkPlace(tx, category.parentId(), category.id(), 1))
                                .chain(() -> insert(tx, category.parentId(), List.of(category))))
                .replaceWith(category);
    }

    /** A new root moves nothing. */
    private Uni<Void> lockIfBelow(Tx tx, @Nullable UUID parent) {
        return parent == null ? Uni.createFrom().voidItem() : categories.lockTrees(tx);
    }

    Uni<Void> insert(Tx tx, @Nullable UUID parent, List<Category> siblings) {
        return categories
                .insert(tx, parent, siblings)
                .chain(() -> outbox.appendAll(
                        tx, siblings.stream().map(fresh -> changed(null, fresh)).toList()));
    }

    /** 412 when the category has moved on, 422 when it would lie below itself; nothing changed is no new version. */
    Uni<Category> edit(TenantId tenant, UUID id, long seen, JsonNode patch) {
        return transactions.inTenant(
                tenant,
                tx -> categories
                        .lockTrees(tx)
                        .chain(() -> locked(tx, id, seen))
                        .chain(before -> edit(tx, before, patched(before, patch))));
    }

    private Category patched(Category before, JsonNode patch) {
        return MergePatch.apply(json, CategoryRequest.of(before), patch, CategoryRequest.class)
                .checked(before.id());
    }

    private Uni<Category> edit(Tx tx, Category before, Category wanted) {
        var after = before.edit(wanted.name(), wanted.slug(), wanted.parentId());
        if (after.version() == before.version()) {
            return Uni.createFrom().item(before);
        }
        var checked = Objects.equals(before.parentId(), after.parentId())
                ? Uni.createFrom().voidItem()
                : categories
                        .height(tx, after.id(), Category.MAX_DEPTH + 1)
                        .chain(height -> checkPlace(tx, after.parentId(), after.id(), height));
        return checked.chain(() -> categories.update(tx, after))
                .chain(() -> outbox.append(tx, changed(before, after)))
                .replaceWith(after);
    }

    /** Whether a tree of that height may hang below the parent. The trees are locked. */
    private Uni<Void> checkPlace(Tx tx, @Nullable UUID parent, UUID category, int height) {
        if (parent == null) {
            return Uni.createFrom().voidItem();
        }
        return categories
                .pathUp(tx, parent, Category.MAX_DEPTH + 1)
                .invoke(path -> {
                    if (path.isEmpty()) {
                        throw INVALID.because("The parent is unknown").at("/parentId", "is no category of this tenant");
                    }
                    if (path.contains(category)) {
                        throw CatalogProblem.CATEGORY_CYCLE
                                .because("The new parent lies below the category, or is it")
                                .at("/parentId", "lies below this category");
                    }
                    if (path.size() + height > Category.MAX_DEPTH) {
                        throw INVALID.because("The tree would be too deep")
                                .at("/parentId", "would make more than " + Category.MAX_DEPTH + " levels");
                    }
                })
                .replaceWithVoid();
    }

    /** 409 while it has children or products. */
    Uni<Void> delete(TenantId tenant, UUID id, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> categories
                        .lockTrees(tx)
                        .chain(() -> locked(tx, id, seen))
                        .call(category -> refuseWhileUsed(tx, category.id()))
                        .call(category -> categories.delete(tx, category.id()))
                        .chain(category -> outbox.append(
                                tx,
                                Change.deleted(CatalogAggregates.CATEGORY, category.id(), category.version() + 1))));
    }

    private Uni<Void> refuseWhileUsed(Tx tx, UUID id) {
        return categories
                .hasChildren(tx, id)
                .invoke(used -> refuseIf(used, "Other categories lie below this one"))
                .chain(() -> use.categoryInUse(tx, id))
                .invoke(used -> refuseIf(used, "Products lie in this category"))
                .replaceWithVoid();
    }

    private static void refuseIf(boolean used, String why) {
        if (used) {
            throw CatalogProblem.IN_USE.because(why);
        }
    }

    private Uni<Category> locked(Tx tx, UUID id, long seen) {
        return categories
                .lock(tx, id)
                .map(found -> Problems.present(found, "category"))
                .invoke(category -> Preconditions.requireVersion(
                        seen, category.version(), "category", () -> CategoryView.of(category)));
    }

    private static Change changed(@Nullable Category before, Category after) {
        return Change.changed(CatalogAggregates.CATEGORY, after.id(), after.version(), CategoryState.of(before, after));
    }
}
