package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The product types that come with the catalogue, one resource each under {@code product-types/}. */
@ApplicationScoped
class ShippedTypes {
    static final List<String> NAMES = List.of("grocery", "kosher-food", "sneakers", "trading-card", "dispensary");

    private final Map<String, Shipped> byName = new LinkedHashMap<>();

    /** A shipped type with its rules. */
    record Shipped(ProductType type, AttributeRules rules) {}

    /** What a resource says. */
    @RegisterForReflection
    record Resource(String name, String title, long version, ObjectNode schema) {}

    ShippedTypes(ObjectMapper json) {
        for (var name : NAMES) {
            var resource = read(json, name);
            var type = new ProductType(
                    id(name), resource.version(), resource.name(), resource.title(), resource.schema(), true);
            byName.put(name, new Shipped(type, AttributeRules.compile(resource.schema())));
        }
    }

    /** By name, in the order in which they are listed. */
    Map<String, Shipped> byName() {
        return byName;
    }

    /** The same in every installation, and never a UUIDv7. */
    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(("souk/product-type/" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static Resource read(ObjectMapper json, String name) {
        var path = "/product-types/" + name + ".json";
        try (var file = ShippedTypes.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return json.readValue(file, Resource.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path, unreadable);
        }
    }
}
