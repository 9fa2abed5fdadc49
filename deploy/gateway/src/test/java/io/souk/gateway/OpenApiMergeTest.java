package io.souk.gateway;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiMergeTest {
    private static final Routes ROUTES = Routes.parse("""
            {
              "services": { "catalog": { "port": 1 }, "orders": { "port": 2 } },
              "defaults": { "bodyLimitBytes": 1000, "timeout": "PT1S", "streamTimeout": "PT1S" },
              "routes": [
                { "path": "/v1/products", "service": "catalog" },
                { "path": "/v1/orders", "service": "orders" }
              ]
            }
            """);

    @Test
    void givenOneNameForOneThing_thenItIsShared() {
        var merged = merge(
                described("/v1/products", "Money", "{\"type\":\"object\"}"),
                described("/v1/orders", "Money", "{\"type\":\"object\"}"));

        assertThat(schemas(merged).fieldNames()).containsExactly("Money");
        assertThat(reference(merged, "/v1/orders")).isEqualTo("#/components/schemas/Money");
    }

    @Test
    void givenOneNameForTwoThings_thenTheSecondIsRenamedWithAllThatRefersToIt() {
        var merged = merge(
                described("/v1/products", "Page", "{\"type\":\"object\"}"),
                described("/v1/orders", "Page", "{\"type\":\"array\"}"));

        assertThat(schemas(merged).fieldNames()).containsExactlyInAnyOrder("Page", "OrdersPage");
        assertThat(schemas(merged).getJsonObject("OrdersPage").getString("type"))
                .isEqualTo("array");
        assertThat(reference(merged, "/v1/products")).isEqualTo("#/components/schemas/Page");
        assertThat(reference(merged, "/v1/orders")).isEqualTo("#/components/schemas/OrdersPage");
    }

    @Test
    void givenTheSameTextThatRefersToARenamedThing_thenItIsRenamedToo() {
        var shared = "{\"items\":{\"$ref\":\"#/components/schemas/Line\"}}";
        var merged = merge(
                described("/v1/products", "Lines", shared).mergeIn(line("string"), true),
                described("/v1/orders", "Lines", shared).mergeIn(line("integer"), true));

        assertThat(schemas(merged).fieldNames())
                .containsExactlyInAnyOrder("Lines", "Line", "OrdersLines", "OrdersLine");
        assertThat(schemas(merged)
                        .getJsonObject("OrdersLines")
                        .getJsonObject("items")
                        .getString("$ref"))
                .isEqualTo("#/components/schemas/OrdersLine");
    }

    @Test
    void givenOneOperationIdTwice_thenBothAreUnique() {
        var merged = merge(described("/v1/products", "A", "{}"), described("/v1/orders", "B", "{}"));

        assertThat(operation(merged, "/v1/products").getString("operationId")).isEqualTo("list");
        assertThat(operation(merged, "/v1/orders").getString("operationId")).isEqualTo("ordersList");
    }

    @Test
    void givenSecurityForAWholeDocument_thenItStaysWithItsOperations() {
        var merged = merge(
                described("/v1/products", "A", "{}").mergeIn(new JsonObject("{\"security\":[{\"bearer\":[]}]}")),
                described("/v1/orders", "B", "{}"));

        assertThat(operation(merged, "/v1/products").getJsonArray("security").encode())
                .isEqualTo("[{\"bearer\":[]}]");
        assertThat(operation(merged, "/v1/orders").containsKey("security")).isFalse();
    }

    @Test
    void givenAPathThatTheGatewaySendsElsewhere_thenItIsLeftOut() {
        var merged = merge(described("/v1/orders", "A", "{}"), described("/v1/orders", "B", "{}"));

        assertThat(reference(merged, "/v1/orders")).isEqualTo("#/components/schemas/B");
    }

    @Test
    void givenNoServiceAtAll_thenTheDocumentIsStillValid() {
        var merged = OpenApiMerge.merge(ROUTES, "1", Map.of(), List.of("catalog", "orders"));

        assertThat(merged.getString("openapi")).isEqualTo("3.1.0");
        assertThat(merged.getJsonObject("paths")).isEmpty();
    }

    @Test
    void givenServicesThatSayNothingOfTokens_thenTheWholeDocumentAsksForOne() {
        var merged = merge(described("/v1/products", "A", "{}"), described("/v1/orders", "B", "{}"));

        assertThat(merged.getJsonArray("security").encode()).isEqualTo("[{\"token\":[]}]");
        assertThat(merged.getJsonObject("components")
                        .getJsonObject("securitySchemes")
                        .getJsonObject("token")
                        .getString("scheme"))
                .isEqualTo("bearer");
    }

    private static JsonObject merge(JsonObject catalog, JsonObject orders) {
        var documents = new LinkedHashMap<String, JsonObject>();
        documents.put("catalog", catalog);
        documents.put("orders", orders);
        return OpenApiMerge.merge(ROUTES, "1", documents, List.of());
    }

    private static JsonObject described(String path, String schema, String content) {
        return new JsonObject("""
                {
                  "openapi": "3.1.0",
                  "paths": { "%s": { "get": { "operationId": "list", "schema": { "$ref": "#/components/schemas/%s" } } } },
                  "components": { "schemas": { "%s": %s } }
                }
                """.formatted(path, schema, schema, content));
    }

    private static JsonObject line(String type) {
        return new JsonObject("{\"components\":{\"schemas\":{\"Line\":{\"type\":\"" + type + "\"}}}}");
    }

    private static JsonObject schemas(JsonObject merged) {
        return merged.getJsonObject("components").getJsonObject("schemas");
    }

    private static JsonObject operation(JsonObject merged, String path) {
        return merged.getJsonObject("paths").getJsonObject(path).getJsonObject("get");
    }

    private static String reference(JsonObject merged, String path) {
        return operation(merged, path).getJsonObject("schema").getString("$ref");
    }
}
