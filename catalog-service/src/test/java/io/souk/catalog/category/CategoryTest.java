package io.souk.catalog.category;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.kit.id.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
class CategoryTest extends CatalogServiceTest {

    private Response create(String name, @Nullable String parent) {
        var body = parent == null
                ? "{\"name\": \"%s\"}".formatted(name)
                : "{\"name\": \"%s\", \"parentId\": \"%s\"}".formatted(name, parent);
        return shop.admin().body(body).post("/v1/categories");
    }

    private String made(String name, @Nullable String parent) {
        var answer = create(name, parent);
        answer.then().statusCode(201);
        return answer.jsonPath().getString("id");
    }

    private Response move(String id, long seen, @Nullable String parent) {
        return shop.as("admin")
                .contentType(Catalog.MERGE_PATCH)
                .header("If-Match", "\"" + seen + "\"")
                .body(parent == null ? "{\"parentId\": null}" : "{\"parentId\": \"%s\"}".formatted(parent))
                .patch("/v1/categories/" + id);
    }

    @Test
    void categoriesMakeATree() {
        var food = made("Food", null);
        var cheese = made("Cheese", food);

        shop.as("customer")
                .get("/v1/categories/" + cheese)
                .then()
                .body("parentId", equalTo(food))
                .body("slug", equalTo("cheese"));
        create("cheese", food).then().statusCode(409).body("type", containsString("duplicate-name"));
        made("Cheese", null);
    }

    @Test
    void noCategoryLiesBelowItself() {
        var a = made("A", null);
        var b = made("B", a);
        var c = made("C", b);

        move(a, 1, c).then().statusCode(422).body("type", containsString("category-cycle"));
        move(a, 1, a).then().statusCode(422);
        move(c, 1, null).then().statusCode(200);
        move(a, 1, c).then().statusCode(200);
    }

    @Test
    void twoMovesAtOnceMakeNoCycleEither() throws Exception {
        var a = made("A", null);
        var b = made("B", null);

        List<Integer> statuses;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> move(a, 1, b).statusCode());
            var two = threads.submit(() -> move(b, 1, a).statusCode());
            statuses = List.of(one.get(), two.get());
        }

        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
    }

    @Test
    void treesHaveABoundInDepth() {
        String parent = null;
        for (int level = 1; level <= Category.MAX_DEPTH; level++) {
            parent = made("Level " + level, parent);
        }

        create("Too deep", parent).then().statusCode(422);
    }

    @Test
    void whatIsReferredToIsNotDeleted() {
        var food = made("Food", null);
        var cheese = made("Cheese", food);
        shop.create("{\"name\": \"Brie\", \"categoryIds\": [\"%s\"]}".formatted(cheese));

        for (var id : List.of(food, cheese)) {
            shop.admin()
                    .header("If-Match", "\"1\"")
                    .delete("/v1/categories/" + id)
                    .then()
                    .statusCode(409)
                    .body("type", containsString("in-use"));
        }
        var empty = made("Empty", null);
        shop.admin()
                .header("If-Match", "\"1\"")
                .delete("/v1/categories/" + empty)
                .then()
                .statusCode(204);
        shop.as("admin").get("/v1/categories/" + empty).then().statusCode(404);
    }

    @Test
    void anUnknownOrForeignParentIsRefused() {
        create("Lost", Ids.next().toString()).then().statusCode(422);
        var foreign = Catalog.fresh().admin().body("{\"name\": \"Theirs\"}").post("/v1/categories");
        create("Mine", foreign.jsonPath().getString("id")).then().statusCode(422);
    }

    @Test
    void brandsHaveOneNameAndOneVersionToo() {
        var brand = shop.admin().body("{\"name\": \"Osem\"}").post("/v1/brands");
        brand.then().statusCode(201).header("ETag", equalTo("\"1\""));
        var id = brand.jsonPath().getString("id");

        shop.admin().body("{\"name\": \"OSEM\"}").post("/v1/brands").then().statusCode(409);
        shop.as("admin")
                .contentType(Catalog.MERGE_PATCH)
                .header("If-Match", "\"1\"")
                .body("{\"name\": \"Osem Foods\"}")
                .patch("/v1/brands/" + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        shop.create("{\"name\": \"Bamba\", \"brandId\": \"%s\"}".formatted(id));
        shop.admin()
                .header("If-Match", "\"2\"")
                .delete("/v1/brands/" + id)
                .then()
                .statusCode(409);
        Catalog.fresh().as("admin").get("/v1/brands/" + id).then().statusCode(404);
    }

    @Test
    void aTenantHasProductTypesOfItsOwnBesideTheShippedOnes() {
        var names = shop.as("customer").get("/v1/product-types").jsonPath().getList("items.name", String.class);
        assertThat(names).containsExactly("grocery", "kosher-food", "sneakers", "trading-card", "dispensary");
        shop.admin()
                .body("{\"name\": \"grocery\", \"title\": \"Mine\", \"schema\": {}}")
                .post("/v1/product-types")
                .then()
                .statusCode(409);
        shop.admin()
                .body(
                        "{\"name\": \"wine\", \"title\": \"Wine\", \"schema\": {\"type\": \"object\", \"required\": [\"year\"],"
                                + " \"properties\": {\"year\": {\"type\": \"integer\", \"minimum\": 1900}}}}")
                .post("/v1/product-types")
                .then()
                .statusCode(201);

        shop.create("{\"name\": \"Merlot\", \"type\": \"wine\", \"attributes\": {\"year\": 2019}}");
        shop.admin()
                .body("{\"name\": \"Merlot\", \"type\": \"wine\", \"attributes\": {\"year\": 1066}}")
                .post("/v1/products")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/attributes/year"));
        Catalog.fresh()
                .admin()
                .body("{\"name\": \"Merlot\", \"type\": \"wine\"}")
                .post("/v1/products")
                .then()
                .statusCode(422);
    }
}
