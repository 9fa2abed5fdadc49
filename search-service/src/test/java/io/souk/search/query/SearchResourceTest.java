package io.souk.search.query;

import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.search.Catalogue;
import io.souk.search.SearchTest;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.search.Catalogue.price;
import static io.souk.search.Catalogue.product;
import static io.souk.search.Catalogue.variant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

@SearchTest
class SearchResourceTest {
    private final Catalogue catalogue = new Catalogue();

    @Test
    void givenATreeOfCategories_whenFilteredByARoot_thenDescendantsAreFoundAndCounted() {
        var food = Ids.next();
        var sweets = Ids.next();
        var fashion = Ids.next();
        catalogue.tellCategory(food, 1, "Food", null);
        catalogue.tellCategory(sweets, 1, "Sweets", food);
        catalogue.tellCategory(fashion, 1, "Fashion", null);
        catalogue.tellType(Ids.next(), 1, "grocery", "Groceries");
        tell("Bread", food);
        tell("Halva", sweets);
        tell("Shirt", fashion);
        catalogue.awaitAll("Bread", "Halva", "Shirt");

        eventually(() -> assertThat(catalogue.names("category", "food")).containsExactlyInAnyOrder("Bread", "Halva"));
        eventually(() -> assertThat(catalogue.names("category", sweets)).containsExactly("Halva"));
        assertThat(catalogue.names("category", "no-such-category")).isEmpty();
        eventually(() -> {
            var counted = catalogue.search(
                    "category", "sweets", "facets", "category,type,price,attr.level", "currency", "USD");
            assertThat(counted.getInt("total")).isEqualTo(1);
            assertThat(counted.getInt("facets.category.find { it.label == 'Food' }.count"))
                    .isEqualTo(2);
            assertThat(counted.getString("facets.category.find { it.label == 'Sweets' }.parentId"))
                    .isEqualTo(food.toString());
            assertThat(counted.getString("facets.type[0].label")).isEqualTo("Groceries");
            assertThat(counted.getInt("facets.type[0].count")).isEqualTo(1);
            assertThat(counted.getInt("facets.price[0].priceMin")).isEqualTo(200);
            assertThat(counted.getInt("facets.price[0].priceMax")).isEqualTo(499);
            assertThat(counted.getList("facets.'attr.level'.value")).containsExactly("Glatt");
        });
    }

    @Test
    void givenSizesAndOptions_whenFilteredAndCountedByThem_thenTheirPathsAreTheirNames() {
        var shoe = Ids.next();
        var size = variant(Ids.next(), "AJ1").put("options", new JsonObject().put("Colour", "Red"));
        catalogue.tellProduct(
                shoe,
                1,
                product(shoe, "PUBLISHED", "Sneaker")
                        .put("variants", new JsonArray().add(size))
                        .put("attributes", new JsonObject("""
                                {"sizes": [{"eu": 42.5, "us": 9}, {"eu": 43.0}]}
                                """)));
        catalogue.awaitAll("Sneaker");

        var found = catalogue.search(
                "attr", "sizes.eu:43", "attr", "option.Colour:Red", "facets", "attr.sizes.eu,attr.option.Colour");

        assertThat(found.getList("items.name")).containsExactly("Sneaker");
        assertThat(found.getList("facets.'attr.sizes.eu'.value")).containsExactly("42.5", "43");
        assertThat(found.getList("facets.'attr.option.Colour'.value")).containsExactly("Red");
        assertThat(catalogue.names("attr", "sizes.us:43")).isEmpty();
    }

    private void tell(String name, UUID category) {
        var id = Ids.next();
        catalogue.tellProduct(
                id,
                1,
                product(id, "PUBLISHED", name)
                        .put("categoryIds", new JsonArray().add(category.toString()))
                        .put("attributes", new JsonObject().put("level", "Glatt")));
        catalogue.tellPrices(id, 1, price(300, "USD"));
    }

    @Test
    void givenAMovedCategory_whenFiltered_thenItsProductsMoveWithIt() {
        var food = Ids.next();
        var sweets = Ids.next();
        catalogue.tellCategory(food, 1, "Food", null);
        catalogue.tellCategory(sweets, 1, "Sweets", null);
        tell("Halva", sweets);
        catalogue.awaitAll("Halva");
        assertThat(catalogue.names("category", food)).isEmpty();

        catalogue.tellCategory(sweets, 2, "Sweets", food);

        eventually(() -> assertThat(catalogue.names("category", food)).containsExactly("Halva"));
    }

    @Test
    void givenManyProducts_whenPagedByLinks_thenEachComesOnce() {
        for (int i = 0; i < 25; i++) {
            catalogue.tellProduct(Ids.next(), 1, "PUBLISHED", "Milk");
        }
        eventually(() -> assertThat(catalogue.names("q", "milk")).hasSize(25));

        var ids = new ArrayList<String>();
        var address = "/v1/search?q=milk&limit=10";
        while (address != null) {
            var response = catalogue.asCustomer().urlEncodingEnabled(false).get(address);
            assertThat(response.statusCode()).isEqualTo(200);
            ids.addAll(response.jsonPath().getList("items.id", String.class));
            var link = response.header("Link");
            assertThat(response.jsonPath().getMap("$")).containsKey("next");
            assertThat(link == null).isEqualTo(response.jsonPath().getString("next") == null);
            address = link == null ? null : link.substring(link.indexOf('<') + 1, link.indexOf('>'));
        }

        assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void givenAnotherTenantsProducts_whenSearched_thenNothingOfThemIsSeen() {
        var id = Ids.next();
        catalogue.tellProduct(
                id,
                1,
                product(id, "PUBLISHED", "Secret")
                        .put("variants", new JsonArray().add(variant(id, "S-1", "04006381333931"))));
        catalogue.awaitAll("Secret");
        var cursor = SearchCursor.encode(
                SearchParameters.read(new TenantId(catalogue.tenant()), Map.of()),
                new Position(false, new Position.Value.Whole(Long.MAX_VALUE), new UUID(0, 0)));
        var stranger = new Catalogue();

        assertThat(catalogue.names("q", "4006381333931")).containsExactly("Secret");
        assertThat(stranger.names()).isEmpty();
        assertThat(stranger.names("q", "secret")).isEmpty();
        assertThat(stranger.names("q", "S-1")).isEmpty();
        assertThat(stranger.search("facets", "type,brand,category").getInt("total"))
                .isZero();
        assertThat(catalogue.names("cursor", cursor)).containsExactly("Secret");
        stranger.asCustomer()
                .queryParam("cursor", cursor)
                .get("/v1/search")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "?colour=red, 400, colour",
        "?limit=x, 400, limit",
        "?limit=201, 422, limit",
        "?sort=cheapest, 422, sort",
        "?priceMin=1, 422, currency",
        "?cursor=x, 400, cursor",
    })
    void givenABadParameter_whenSent_thenTheProblemNamesIt(String query, int status, String parameter) {
        catalogue
                .asCustomer()
                .urlEncodingEnabled(false)
                .get("/v1/search" + query)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("errors.parameter", hasItem(parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?q=%ff%fe", "?q=%00", "?q=%F0%9F%8D%95", "?q=%E2%80%AE", "?q=+++", "?q", "?=x", "?&&"})
    void givenAnOddAddress_whenSent_thenItIsNeverOurFault(String query) {
        var status = catalogue
                .asCustomer()
                .urlEncodingEnabled(false)
                .get("/v1/search" + query)
                .statusCode();

        assertThat(status).isIn(200, 400);
    }

    @Test
    void givenAVeryLongAddress_whenSent_thenItIsRefusedByName() {
        catalogue
                .asCustomer()
                .queryParam("q", "x".repeat(3_000))
                .get("/v1/search")
                .then()
                .statusCode(422)
                .body("errors.parameter", hasItem("q"));
    }

    @Test
    void givenEveryRole_whenItSearches_thenItMayAndNobodyElse() {
        for (var role : List.of("admin", "merchant", "customer", "readonly", "service")) {
            given().header("Authorization", "Bearer " + Tokens.of(Tenants.fresh(), role))
                    .get("/v1/search")
                    .then()
                    .statusCode(200)
                    .body("items.size()", equalTo(0));
        }
        given().get("/v1/search").then().statusCode(401);
        given().header("Authorization", "Bearer " + Tokens.withoutTenant("operator"))
                .get("/v1/search")
                .then()
                .statusCode(403);
        for (var token : List.of(
                Tokens.expired("t", "customer"),
                Tokens.unsigned("t", "customer"),
                Tokens.wrongAlgorithm("t", "customer"))) {
            given().header("Authorization", "Bearer " + token)
                    .get("/v1/search")
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void givenTheDocument_whenRead_thenItsExamplesRun() {
        var document = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var request = catalogue.asCustomer();

        List<String> names = document.getList("paths.'/v1/search'.get.parameters.name");
        for (int i = 0; i < names.size(); i++) {
            var example = document.getString("paths.'/v1/search'.get.parameters[" + i + "].example");
            if (example != null) {
                request.queryParam(names.get(i), example);
            }
        }

        assertThat(names).contains("q", "category", "facets", "cursor");
        request.get("/v1/search").then().statusCode(200).body("items", notNullValue());
    }

    @Test
    void givenTheServiceHasCaughtUp_whenAskedForReadiness_thenItIsReady() {
        eventually(() -> given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem(containsString("search-index"))));
    }
}
