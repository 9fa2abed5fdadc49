package io.souk.inventory.supplier;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@InventoryTest
class SupplierTest {
    private final Shop shop = new Shop();

    @Test
    void givenANewSupplier_thenItIsThereForItsTenantAlone() {
        var path = URI.create(create("""
                {"code": "nordmilch", "name": "Nordmilch eG", "accountNumber": "K-4711",
                 "contact": {"name": "Ömer", "email": "orders@nordmilch.example"}}""")
                        .then()
                        .statusCode(201)
                        .header("ETag", "\"1\"")
                        .body("code", equalTo("nordmilch"))
                        .body("accountNumber", equalTo("K-4711"))
                        .body("contact.name", equalTo("Ömer"))
                        .body("contact.phone", nullValue())
                        .body("status", equalTo("ACTIVE"))
                        .extract()
                        .header("Location"))
                .getPath();

        shop.as("admin").get(path).then().statusCode(200).body("name", equalTo("Nordmilch eG"));
        shop.as("service").header("If-None-Match", "\"1\"").get(path).then().statusCode(304);
        var other = new Shop();
        other.as("admin").get(path).then().statusCode(404);
        other.as("admin").get(path + "/purchases").then().statusCode(404);
        other.as("admin").get(path + "/performance").then().statusCode(404);
        other.as("admin").get("/v1/suppliers").then().body("items", empty());
        other.as("admin")
                .header("If-Match", "\"1\"")
                .body("{\"code\": \"nordmilch\", \"name\": \"Mine\"}")
                .put(path)
                .then()
                .statusCode(404);
        other.as("admin")
                .body("{\"code\": \"nordmilch\", \"name\": \"Mine\"}")
                .post("/v1/suppliers")
                .then()
                .statusCode(201);
    }

    @Test
    void aSupplierChangesByVersion_andKeepsItsCode() {
        var path = "/v1/suppliers/"
                + create("{\"code\": \"a\", \"name\": \"A\"}").jsonPath().getString("id");

        change(path, 1, "{\"code\": \"a\", \"name\": \"A\"}")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        change(path, 1, "{\"code\": \"a\", \"name\": \"A Ltd\", \"status\": \"ARCHIVED\"}")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("status", equalTo("ARCHIVED"));
        change(path, 1, "{\"code\": \"a\", \"name\": \"B\"}")
                .then()
                .statusCode(412)
                .body("current.name", equalTo("A Ltd"));
        change(path, 2, "{\"code\": \"b\", \"name\": \"A Ltd\"}")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/code"));
        shop.as("admin")
                .body("{\"code\": \"a\", \"name\": \"B\"}")
                .put(path)
                .then()
                .statusCode(428);
        shop.as("admin").get(path).then().body("name", equalTo("A Ltd")).body("version", equalTo(2));
    }

    @Test
    void givenManyMakeOneCode_thenOneDoes() {
        List<Response> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> create("{\"code\": \"a\", \"name\": \"A" + i + "\"}"), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allSatisfy(answer -> answer.then()
                        .statusCode(409)
                        .body("type", containsString("supplier-code-taken"))
                        .body("errors.pointer", contains("/code")));
    }

    @Test
    void theListIsPagedByCode() {
        for (var code : List.of("c", "a", "b")) {
            create("{\"code\": \"%s\", \"name\": \"%s\"}".formatted(code, code))
                    .then()
                    .statusCode(201);
        }

        var first = shop.as("admin").queryParam("limit", 2).get("/v1/suppliers");
        first.then().body("items.code", contains("a", "b"));
        shop.as("admin")
                .queryParam("limit", 2)
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/suppliers")
                .then()
                .body("items.code", contains("c"))
                .body("next", nullValue());
        shop.as("admin").queryParam("cursor", "x").get("/v1/suppliers").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\"} | 422 | /code",
                "{\"code\": \"-x\", \"name\": \"x\"} | 422 | /code",
                "{\"code\": \"X\", \"name\": \"x\"} | 422 | /code",
                "{\"code\": \"x\"} | 422 | /name",
                "{\"code\": \"x\", \"name\": \" \"} | 422 | /name",
                "{\"code\": \"x\", \"name\": \"x\", \"accountNumber\": \"\"} | 422 | /accountNumber",
                "{\"code\": \"x\", \"name\": \"x\", \"contact\": {\"email\": \"\"}} | 422 | /contact/email",
                "{\"code\": \"x\", \"name\": \"x\", \"contact\": {\"fax\": \"1\"}} | 400 | /contact/fax",
                "{\"code\": \"x\", \"name\": \"x\", \"contact\": \"me\"} | 400 | /contact",
                "{\"code\": \"x\", \"name\": \"x\", \"status\": \"GONE\"} | 400 | /status",
                "{\"code\": \"x\", \"name\": \"x\", \"id\": \"1\"} | 400 | /id",
            })
    void badInputIsNamed(String body, int status, String pointer) {
        create(body).then().statusCode(status).body("errors.pointer", contains(pointer));
        shop.as("admin").get("/v1/suppliers").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 201, 200",
        "merchant, 403, 403",
        "service, 201, 200",
        "readonly, 403, 403",
        "customer, 403, 403",
        "operator, 403, 403"
    })
    void rolesDecide(String role, int write, int read) {
        var path = "/v1/suppliers/"
                + create("{\"code\": \"a\", \"name\": \"A\"}").jsonPath().getString("id");

        shop.as(role)
                .body("{\"code\": \"x\", \"name\": \"x\"}")
                .post("/v1/suppliers")
                .then()
                .statusCode(write);
        shop.as(role)
                .header("If-Match", "\"1\"")
                .body("{\"code\": \"a\", \"name\": \"x\"}")
                .put(path)
                .then()
                .statusCode(read);
        for (var what : List.of("/v1/suppliers", path, path + "/purchases", path + "/performance")) {
            shop.as(role).get(what).then().statusCode(read);
        }
    }

    private Response create(String body) {
        return shop.as("admin").body(body).post("/v1/suppliers");
    }

    private Response change(String path, long seen, String body) {
        return shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(body)
                .put(path);
    }
}
