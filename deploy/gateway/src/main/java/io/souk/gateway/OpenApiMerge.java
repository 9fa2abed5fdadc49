package io.souk.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes one OpenAPI document of several. A path is taken only from the service to which the gateway sends it. Components of
 * one name and one content are shared; where services mean different things by a name, the later one's gets the service
 * in front ({@code Page} becomes {@code InventoryPage}), and so does what refers to it.
 */
final class OpenApiMerge {
    private static final String COMPONENTS = "#/components/";
    /** All of {@code /v1} wants a token; the services leave that to be said here, once. */
    private static final String TOKEN = "token";

    private static final String TOKEN_SCHEME = """
            {"type": "http", "scheme": "bearer", "bearerFormat": "JWT",
             "description": "A token of the installation's issuer; locally from ./souk token"}
            """;
    private static final Set<String> OPERATIONS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Routes routes;
    private final JsonObject paths = new JsonObject();
    private final Map<String, JsonObject> tags = new LinkedHashMap<>();
    private final Set<String> operationIds = new HashSet<>();
    /** Pointer to content, as each component stands in the document that first brought it and as it is given out. */
    private final Map<String, Object> originals = new HashMap<>();

    private final JsonObject components = new JsonObject();

    private OpenApiMerge(Routes routes) {
        this.routes = routes;
    }

    static JsonObject merge(Routes routes, String version, Map<String, JsonObject> documents, List<String> missing) {
        var merge = new OpenApiMerge(routes);
        documents.forEach(merge::add);
        var info = new JsonObject().put("title", "Souk").put("version", version);
        if (!missing.isEmpty()) {
            info.put("description", "Without the services that do not answer now: " + String.join(", ", missing));
        }
        merge.section("securitySchemes").put(TOKEN, new JsonObject(TOKEN_SCHEME));
        return new JsonObject()
                .put("openapi", specificationVersion(documents))
                .put("info", info)
                .put("servers", new JsonArray().add(new JsonObject().put("url", "/")))
                .put("security", new JsonArray().add(new JsonObject().put(TOKEN, new JsonArray())))
                .put("tags", new JsonArray(new ArrayList<>(merge.tags.values())))
                .put("paths", merge.paths)
                .put("components", merge.components);
    }

    private static String specificationVersion(Map<String, JsonObject> documents) {
        return documents.values().stream()
                .map(document -> document.getString("openapi", "3.1.0"))
                .max(String::compareTo)
                .orElse("3.1.0");
    }

    private void add(String service, JsonObject document) {
        var given = document.getJsonObject("components", new JsonObject());
        var renamed = renames(service, given);
        given.forEach(section -> ((JsonObject) section.getValue()).forEach(component -> {
            var pointer = COMPONENTS + section.getKey() + "/" + component.getKey();
            var target = renamed.getOrDefault(pointer, pointer);
            if (originals.putIfAbsent(target, component.getValue()) == null) {
                var name = target.substring(target.lastIndexOf('/') + 1);
                section(section.getKey()).put(name, rewrite(component.getValue(), renamed));
            }
        }));
        document.getJsonObject("paths", new JsonObject()).forEach(path -> {
            var route = routes.match(path.getKey());
            if (route != null && route.service().equals(service)) {
                paths.put(path.getKey(), path(service, document, (JsonObject) path.getValue(), renamed));
            }
        });
        document.getJsonArray("tags", new JsonArray()).forEach(tag -> {
            var named = (JsonObject) tag;
            tags.putIfAbsent(named.getString("name"), named);
        });
    }

    private JsonObject section(String name) {
        if (!components.containsKey(name)) {
            components.put(name, new JsonObject());
        }
        return components.getJsonObject(name);
    }

    /** Old pointer to new for the components that cannot keep their name, and for those that refer to one of them. */
    private Map<String, String> renames(String service, JsonObject given) {
        var renamed = new HashMap<String, String>();
        boolean more = true;
        while (more) {
            more = false;
            for (var section : given) {
                for (var component : (JsonObject) section.getValue()) {
                    var pointer = COMPONENTS + section.getKey() + "/" + component.getKey();
                    var known = originals.get(pointer);
                    if (known != null
                            && !renamed.containsKey(pointer)
                            && (!known.equals(component.getValue()) || refersTo(component.getValue(), renamed))) {
                        renamed.put(pointer, freeName(service, section.getKey(), component.getKey()));
                        more = true;
                    }
                }
            }
        }
        return renamed;
    }

    private String freeName(String service, String section, String name) {
        var candidate = COMPONENTS + section + "/" + capitalised(service) + capitalised(name);
        var free = candidate;
        for (int i = 2; originals.containsKey(free); i++) {
            free = candidate + i;
        }
        return free;
    }

    private static boolean refersTo(Object node, Map<String, String> renamed) {
        return !rewrite(node, renamed).equals(node);
    }

    private JsonObject path(String service, JsonObject document, JsonObject path, Map<String, String> renamed) {
        var result = (JsonObject) rewrite(path, renamed);
        for (var entry : result) {
            if (OPERATIONS.contains(entry.getKey()) && entry.getValue() instanceof JsonObject operation) {
                var id = operation.getString("operationId");
                if (id != null && !operationIds.add(id)) {
                    operation.put("operationId", service + capitalised(id));
                }
                if (document.containsKey("security") && !operation.containsKey("security")) {
                    operation.put("security", rewrite(document.getJsonArray("security"), renamed));
                }
            }
        }
        return result;
    }

    /** A copy with every reference to a renamed component turned to its new name. */
    private static Object rewrite(Object node, Map<String, String> renamed) {
        return switch (node) {
            case JsonObject object -> {
                var copy = new JsonObject();
                object.forEach(entry ->
                        copy.put(entry.getKey(), entry.getValue() == null ? null : rewrite(entry.getValue(), renamed)));
                yield copy;
            }
            case JsonArray array -> {
                var copy = new JsonArray();
                array.forEach(element -> copy.add(element == null ? null : rewrite(element, renamed)));
                yield copy;
            }
            case String text -> renamed.getOrDefault(text, text);
            default -> node;
        };
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
