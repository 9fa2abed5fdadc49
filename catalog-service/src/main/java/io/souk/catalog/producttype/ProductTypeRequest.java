package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.input.CanonicalJson;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Texts;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/** A product type as it is written. */
@RegisterForReflection
@Schema(name = "ProductTypeRequest")
public record ProductTypeRequest(
        @Schema(
                required = true,
                pattern = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
                maxLength = ProductType.MAX_NAME,
                examples = "wine")
        @Nullable
        String name,

        @Schema(required = true, maxLength = ProductType.MAX_TITLE, examples = "Wine") @Nullable
        String title,

        @Schema(
                required = true,
                implementation = Object.class,
                description =
                        "JSON Schema 2020-12; refers to its own $defs only; patterns in RE2 syntax; beside the standard formats"
                                + " `gtin`. The larger the schema, the fewer values a product may have: nodes of the one times nodes of"
                                + " the other are at most 100,000.",
                examples = "{\"type\":\"object\",\"properties\":{\"vintage\":{\"type\":\"integer\",\"minimum\":1900}},"
                        + "\"additionalProperties\":false}")
        @Nullable
        ObjectNode schema) {

    static ProductTypeRequest of(ProductType type) {
        return new ProductTypeRequest(type.name(), type.title(), type.schema());
    }

    /** A type that keeps the rules which need no look-up; 422 otherwise. */
    ProductType checked(UUID id) {
        var faults = new Faults();
        Texts.line(faults, "/name", name, ProductType.MAX_NAME);
        if (faults.none()
                && !ProductType.NAME.matcher(Objects.requireNonNull(name)).matches()) {
            faults.at("/name", "must be small letters, digits and single dashes");
        }
        Texts.line(faults, "/title", title, ProductType.MAX_TITLE);
        var canonical = checkedSchema(faults);
        faults.refuse();
        return new ProductType(
                id,
                1,
                Objects.requireNonNull(name),
                Objects.requireNonNull(title),
                Objects.requireNonNull(canonical),
                false);
    }

    private @Nullable ObjectNode checkedSchema(Faults faults) {
        if (schema == null) {
            faults.at("/schema", "is required");
            return null;
        }
        if (schema.toString().getBytes(StandardCharsets.UTF_8).length > SchemaGuard.MAX_BYTES) {
            faults.at("/schema", "must not be larger than " + SchemaGuard.MAX_BYTES + " bytes");
            return null;
        }
        var schemaFaults = new Faults();
        var canonical = CanonicalJson.object(
                schemaFaults, "/schema", schema, SchemaGuard.MAX_BYTES, SchemaGuard.MAX_JSON_DEPTH);
        if (schemaFaults.none()) {
            AttributeRules.checkSchema(canonical, "/schema", schemaFaults);
        }
        schemaFaults.list().forEach(fault -> faults.at(fault.pointer(), fault.detail()));
        return canonical;
    }
}
