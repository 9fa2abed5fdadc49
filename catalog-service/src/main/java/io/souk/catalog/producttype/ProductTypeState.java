package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** The event {@code souk.catalog.product-type.changed.v1}, for a tenant's own type. */
@RegisterForReflection
public record ProductTypeState(
        UUID id, long version, String name, String title, ObjectNode schema, Set<String> changed) {

    static ProductTypeState of(@Nullable ProductType before, ProductType after) {
        var changed = new LinkedHashSet<String>();
        if (before == null) {
            changed.add("name");
        }
        if (before == null || !before.title().equals(after.title())) {
            changed.add("title");
        }
        if (before == null || !before.schema().equals(after.schema())) {
            changed.add("schema");
        }
        return new ProductTypeState(after.id(), after.version(), after.name(), after.title(), after.schema(), changed);
    }

    /** Of a version that is told once more. */
    static ProductTypeState unchanged(ProductType type) {
        return of(type, type);
    }
}
