package io.souk.inventory.location;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

@InventoryTest
class LocationTest {
    private final Shop shop = new Shop();

    @Test
    void givenANewLocation_thenItIsThereForItsTenantAlone_andTold() {
        var path = shop.as("admin")
                .body("""
                        {"code": "brooklyn", "name": " Brooklyn warehouse ", "position": 7}""")
                .post("/v1/locations")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("code", equalTo("brooklyn"))
                .body("name", equalTo("Brooklyn warehouse"))
                .body("position", equalTo(7))
                .extract()
                .header("Location");

        var read = URI.create(path).getPath();
        shop.as("readonly").get(read).then().statusCode(200).body("code", equalTo("brooklyn"));
        shop.as("readonly").header("If-None-Match", "\"1\"").get(read).then().statusCode(304);
        new Shop().as("admin").get(read).then().statusCode(404);
        eventually(() -> assertThat(Told.states(Topics.LOCATION, shop.tenant()))
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.getString("code")).isEqualTo("brooklyn");
                    assertThat(state.getLong("version")).isEqualTo(1);
                }));
    }

    @Test
    void givenTheCodeIsTaken_thenConflict_butNotForAnotherTenant() {
        shop.location("main", 0);

        shop.as("admin")
                .body("""
                        {"code": "main", "name": "Again"}""")
                .post("/v1/locations")
                .then()
                .statusCode(409)
                .body("type", containsString("location-code-taken"))
                .body("errors.pointer", contains("/code"));
        new Shop().location("main", 0);
    }

    @Test
    void givenNoPosition_thenItComesLast_andTheListIsPagedInOrder() {
        shop.location("c", 30);
        shop.location("a", 10);
        shop.as("admin").body("""
                        {"code": "z", "name": "Last"}""").post("/v1/locations").then().statusCode(201).body("position", equalTo(31));

        var first = shop.as("admin").queryParam("limit", 2).get("/v1/locations");
        first.then()
                .statusCode(200)
                .body("items.code", contains("a", "c"))
                .header("Link", containsString("rel=\"next\""));
        shop.as("admin")
                .queryParam("limit", 2)
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/locations")
                .then()
                .body("items.code", contains("z"))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "W10", "WyIxIiwiMiJd", "WzEsIngiXQ"})
    void aCursorThatWeDidNotGiveOutIsRefused(String cursor) {
        shop.as("admin")
                .queryParam("cursor", cursor)
                .get("/v1/locations")
                .then()
                .statusCode(400)
                .body("errors.parameter", hasItem("cursor"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\"} | 422 | /code",
                "{\"code\": null, \"name\": \"x\"} | 422 | /code",
                "{\"code\": \"-x\", \"name\": \"x\"} | 422 | /code",
                "{\"code\": \"ABC\", \"name\": \"x\"} | 422 | /code",
                "{\"code\": \"x\", \"name\": \"  \"} | 422 | /name",
                "{\"code\": \"x\", \"name\": \"x\", \"position\": -1} | 422 | /position",
                "{\"code\": \"x\", \"name\": \"x\", \"position\": 1.5} | 400 | /position",
                "{\"code\": \"x\", \"name\": \"x\", \"position\": \"1\"} | 400 | /position",
                "{\"code\": \"x\", \"name\": 5} | 400 | /name",
                "{\"code\": \"x\", \"name\": \"a\\u0000b\"} | 400 | /name",
                "{\"code\": \"x\", \"name\": \"x\", \"colour\": \"red\"} | 400 | /colour",
            })
    void badInputIsNamed(String body, int status, String pointer) {
        shop.as("admin")
                .body(body)
                .post("/v1/locations")
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void aNameIsKeptAsItIs_andHasABound() {
        var name = "מחסן 📦 \u202eمستودع e\u0301";

        shop.as("admin")
                .body(new JsonObject().put("code", "x").put("name", name).encode())
                .post("/v1/locations")
                .then()
                .statusCode(201);

        shop.as("admin").get("/v1/locations").then().body("items.name", hasItem(name));
        for (int length : new int[] {201, 10_000}) {
            shop.as("admin")
                    .body(new JsonObject()
                            .put("code", "y")
                            .put("name", "x".repeat(length))
                            .encode())
                    .post("/v1/locations")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/name"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7", "{\"code\": \"x\"} trailing"})
    void whatIsNoLocationIsRefused(String body) {
        shop.as("admin").body(body).post("/v1/locations").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 201, 200",
        "service, 201, 200",
        "merchant, 403, 403",
        "readonly, 403, 200",
        "customer, 403, 403",
        "operator, 403, 403"
    })
    void rolesDecide(String role, int create, int list) {
        shop.as(role).body("""
                        {"code": "x", "name": "x"}""").post("/v1/locations").then().statusCode(create);
        shop.as(role).get("/v1/locations").then().statusCode(list);
    }
}
