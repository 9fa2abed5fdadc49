package io.souk.catalog.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.catalog.CatalogProblem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mappings that ship, one resource each under {@code import-mappings/}. */
@ApplicationScoped
class Mappings {
    private static final List<String> NAMES = List.of("openfoodfacts");

    private final Map<String, ImportMapping> byName = new LinkedHashMap<>();

    Mappings(ObjectMapper json) {
        NAMES.forEach(name -> byName.put(name, new ImportMapping(read(json, name))));
    }

    /** The mapping of a name; null for null, which means that the rows are native. 422 for a name that is none. */
    @Nullable
    ImportMapping named(@Nullable String name) {
        if (name == null) {
            return null;
        }
        var mapping = byName.get(name);
        if (mapping == null) {
            throw CatalogProblem.UNKNOWN_MAPPING
                    .because("Known mappings: " + String.join(", ", byName.keySet()))
                    .parameter("mapping", "is no mapping");
        }
        return mapping;
    }

    private static ImportMapping.Definition read(ObjectMapper json, String name) {
        var path = "/import-mappings/" + name + ".json";
        try (var file = Mappings.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return json.readValue(file, ImportMapping.Definition.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path, unreadable);
        }
    }
}
