package io.souk.catalog.producttype;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Product types: those that ship, and the tenant's own. */
@ApplicationScoped
public class FindProductTypes {
    /** Compiled schemas of tenants' own types: a few hundred kilobytes each at worst. */
    private static final int MAX_COMPILED = 256;

    private final Transactions transactions;
    private final ProductTypeRepository types;
    private final ShippedTypes shipped;
    private final Cache<Version, AttributeRules> compiled =
            Caffeine.newBuilder().maximumSize(MAX_COMPILED).build();

    private record Version(TenantId tenant, UUID type, long version) {}

    FindProductTypes(Transactions transactions, ProductTypeRepository types, ShippedTypes shipped) {
        this.transactions = transactions;
        this.types = types;
        this.shipped = shipped;
    }

    /** The rules of those names that are types; a tenant's own cannot be deleted before this transaction ends. */
    public Uni<Map<String, AttributeRules>> named(Tx tx, Set<String> names) {
        var rules = new HashMap<String, AttributeRules>();
        var own = new ArrayList<String>();
        for (var name : names) {
            var known = shipped.byName().get(name);
            if (known == null) {
                own.add(name);
            } else {
                rules.put(name, known.rules());
            }
        }
        return own.isEmpty() ? Uni.createFrom().item(rules) : addOwn(tx, own, rules);
    }

    private Uni<Map<String, AttributeRules>> addOwn(
            Tx tx, Collection<String> names, Map<String, AttributeRules> rules) {
        return types.holdByName(tx, names).map(found -> {
            found.forEach(type -> rules.put(type.name(), rules(tx.tenant(), type)));
            return rules;
        });
    }

    private AttributeRules rules(TenantId tenant, ProductType type) {
        return compiled.get(new Version(tenant, type.id(), type.version()), _ -> AttributeRules.compile(type.schema()));
    }

    boolean isShipped(String name) {
        return shipped.byName().containsKey(name);
    }

    @Nullable
    ProductType shipped(UUID id) {
        return shipped.byName().values().stream()
                .map(ShippedTypes.Shipped::type)
                .filter(type -> type.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    Uni<ProductType> one(TenantId tenant, UUID id) {
        var known = shipped(id);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return transactions
                .inTenant(tenant, tx -> types.find(tx, id))
                .map(found -> Problems.present(found, "product type"));
    }

    /** The shipped types on the first page, before the tenant's own and beyond the limit. */
    Uni<Page<ProductType>> page(TenantId tenant, @Nullable String cursor, Limit limit) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> types.page(tx, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())))
                .map(page -> cursor == null ? afterShipped(page) : page);
    }

    private Page<ProductType> afterShipped(Page<ProductType> page) {
        List<ProductType> all = shipped.byName().values().stream()
                .map(ShippedTypes.Shipped::type)
                .collect(Collectors.toCollection(ArrayList::new));
        all.addAll(page.items());
        return new Page<>(all, page.next());
    }
}
