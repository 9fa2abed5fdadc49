package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** A product type as it is read. */
@RegisterForReflection
@Schema(name = "ProductType")
public record ProductTypeView(
        UUID id,
        long version,
        @Schema(examples = "grocery") String name,
        @Schema(examples = "Grocery") String title,

        @Schema(implementation = Object.class, description = "JSON Schema 2020-12 of the attributes")
        ObjectNode schema,

        @Schema(description = "Comes with the catalogue; not the tenant's to change")
        boolean shipped) {

    static ProductTypeView of(ProductType type) {
        return new ProductTypeView(type.id(), type.version(), type.name(), type.title(), type.schema(), type.shipped());
    }
}
