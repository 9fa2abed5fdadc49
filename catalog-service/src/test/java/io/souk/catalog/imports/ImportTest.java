package io.souk.catalog.imports;

import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.kit.id.Ids;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Database;
import io.souk.testing.EventLog;
import io.souk.testing.Retelling;
import io.vertx.mutiny.sqlclient.SqlResult;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@QuarkusTest
class ImportTest extends CatalogServiceTest {
    @Inject
    ImportStep step;

    @Inject
    ReadRows read;

    @Inject
    ImportRepository imports;

    @Inject
    @All
    List<Sweep> sweeps;

    @Inject
    Transactions transactions;

    private Response post(byte[] body, @Nullable String mapping, boolean gzip) {
        var request = shop.as("admin").contentType("application/x-ndjson").header("Prefer", "wait=30");
        if (mapping != null) {
            request.queryParam("mapping", mapping);
        }
        if (gzip) {
            request.header("Content-Encoding", "gzip");
        }
        return request.body(body).post("/v1/imports");
    }

    /** The import, once it has ended. */
    private Response done(String rows, @Nullable String mapping) {
        var answer = shop.ended(post(rows.getBytes(StandardCharsets.UTF_8), mapping, false));
        answer.then().statusCode(200).body("state", equalTo("SUCCEEDED"));
        return answer;
    }

    private Map<Integer, String> outcomes(Response answer) {
        return records(answer, "").stream()
                .collect(Collectors.toMap(row -> (Integer) row.get("line"), row -> (String) row.get("outcome")));
    }

    private List<Map<String, Object>> records(Response answer, String query) {
        return shop.as("admin")
                .get("/v1/imports/" + answer.jsonPath().getString("id") + "/records?limit=200" + query)
                .jsonPath()
                .getList("items");
    }

    private List<String> reasons(Response answer, int line) {
        return records(answer, "&outcome=REJECTED").stream()
                .filter(row -> Objects.equals(row.get("line"), line))
                .flatMap(row -> ((List<?>) Objects.requireNonNull(row.get("reasons"))).stream())
                .map(reason -> ((Map<?, ?>) reason).get("pointer") + " " + ((Map<?, ?>) reason).get("detail"))
                .toList();
    }

    /** Comes back when no event of the shop is still under way. */
    private void allIsTold() {
        Retelling.awaitRelayed("catalog", shop.tenant());
    }

    private long events(String aggregate) {
        return EventLog.readAll(EventLog.topic("catalog", aggregate)).stream()
                .filter(record -> record.key().startsWith(shop.tenant() + "/"))
                .count();
    }

    @Test
    void aNativeRowBringsAllThatAProductNeeds() {
        var sku = Catalog.sku();
        var gtin = Catalog.gtin();
        var row = """
                {"name": "חלה 🥖", "type": "kosher-food", "attributes": {"agency": "OU", "level": "Pareve"}, "brand": "Zomick's", \
                "categories": ["Bakery/Bread", "Sabbath"], "tags": ["bread"], "publish": true, \
                "media": [{"url": "https://cdn.example/challah.jpg", "alt": "a loaf"}], \
                "variants": [{"sku": "%s", "gtins": ["%s"], "options": {"weight": "500 g"}, \
                "prices": [{"amount": 450, "currency": "USD"}, {"amount": 1690, "currency": "ILS"}]}]}
                """.formatted(sku, gtin);

        done(row, null).then().body("counts.created", equalTo(1)).body("counts.rejected", equalTo(0));

        eventually(() -> shop.as("customer")
                .get("/v1/products?sku=" + sku)
                .then()
                .body("items[0].product.name", equalTo("חלה 🥖"))
                .body("items[0].product.version", equalTo(1))
                .body("items[0].product.categoryIds.size()", equalTo(2))
                .body("items[0].product.variants[0].gtins[0]", equalTo("0" + gtin))
                .body("items[0].prices.prices.amount", equalTo(List.of(1690, 450))));
        shop.as("customer").get("/v1/brands").then().body("items.name", equalTo(List.of("Zomick's")));
        shop.as("customer")
                .get("/v1/categories")
                .then()
                .body("items.name.sort()", equalTo(List.of("Bakery", "Bread", "Sabbath")));
        assertUnchanged(row, null);
    }

    /** The same file again makes no version and no event. */
    private void assertUnchanged(String rows, @Nullable String mapping) {
        allIsTold();
        var products = events("product");
        var prices = events("price");
        assertThat(products).isPositive();
        var before = shop.as("admin").get("/v1/products?limit=200").jsonPath().getList("items.product.version");

        done(rows, mapping)
                .then()
                .body("counts.created", equalTo(0))
                .body("counts.updated", equalTo(0))
                .body("counts.unchanged", greaterThan(0));

        allIsTold();
        assertThat(events("product")).isEqualTo(products);
        assertThat(events("price")).isEqualTo(prices);
        assertThat(shop.as("admin").get("/v1/products?limit=200").jsonPath().getList("items.product.version"))
                .startsWith(before.toArray());
    }

    @Test
    void everyRowOfADirtyFileIsStoredOrNamed() {
        var taken = shop.draft();
        var good = Catalog.gtin();
        var rows = new String[] {
            "{\"name\": \"good\", \"variants\": [{\"sku\": \"G-1\", \"gtins\": [\"" + good + "\"]}]}", // 1
            "", // 2: no row
            "{\"name\": \"cut", // 3
            "[1, 2]", // 4
            "{\"name\": \"unknown\", \"colour\": \"red\", \"variants\": [{\"sku\": \"G-5\"}]}", // 5
            "{\"name\": \"gtin\", \"variants\": [{\"sku\": \"G-6\", \"gtins\": [\"4006381333932\"]}]}", // 6
            "{\"name\": \"twin sku\", \"variants\": [{\"sku\": \"g-1\"}]}", // 7
            "{\"name\": \"twin gtin\", \"variants\": [{\"sku\": \"G-8\", \"gtins\": [\"0" + good + "\"]}]}", // 8
            "{\"name\": \"taken gtin\", \"variants\": [{\"sku\": \"G-9\", \"gtins\": [\"" + taken.gtin()
                    + "\"]}]}", // 9
            "{\"name\": \"no variant\"}", // 10
            "{\"name\": \"nul \\u0000\", \"variants\": [{\"sku\": \"G-11\"}]}", // 11
            "{\"name\": 7, \"variants\": [{\"sku\": \"G-12\"}]}", // 12
            "{\"name\": \"price\", \"variants\": [{\"sku\": \"G-13\", \"prices\": [{\"amount\": -1, \"currency\": \"USD\"}]}]}",
            "{\"name\": \"currency\", \"variants\": [{\"sku\": \"G-14\", \"prices\": [{\"amount\": 1, \"currency\": \"QQQ\"}]}]}",
            "{\"name\": \"type\", \"type\": \"unheard-of\", \"variants\": [{\"sku\": \"G-15\"}]}", // 15
            "{\"name\": \"attributes\", \"type\": \"grocery\", \"attributes\": {\"x\": 1}, \"variants\": [{\"sku\": \"G-16\"}]}",
            "{\"name\": \"\", \"brand\": \"Never made\", \"variants\": [{\"sku\": \"G-17\"}]}", // 17
            "{\"name\": \"" + "x".repeat(501) + "\", \"variants\": [{\"sku\": \"G-18\"}]}", // 18
            "{\"name\": \"after a refused twin\", \"variants\": [{\"sku\": \"G-6\"}]}", // 19
            "null", // 20
            "{\"name\": \"windows\", \"variants\": [{\"sku\": \"G-21\"}]}\r", // 21
        };
        var file = new ByteArrayOutputStream();
        file.writeBytes("\ufeff".getBytes(StandardCharsets.UTF_8));
        Arrays.stream(rows).forEach(row -> file.writeBytes((row + "\n").getBytes(StandardCharsets.UTF_8)));
        file.writeBytes(new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}', '\n'}); // 22

        var answer = shop.ended(post(file.toByteArray(), null, false));

        answer.then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"))
                .body("lines", equalTo(22))
                .body("counts.created", equalTo(3))
                .body("counts.rejected", equalTo(18));
        var outcomes = outcomes(answer);
        assertThat(outcomes).hasSize(21).doesNotContainKey(2);
        assertThat(outcomes.entrySet().stream()
                        .filter(row -> row.getValue().equals("CREATED"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(1, 19, 21);
        assertThat(reasons(answer, 5)).containsExactly("/colour is not a field of this request");
        assertThat(reasons(answer, 7)).containsExactly("/variants/0/sku is in line 1 of this file already");
        assertThat(reasons(answer, 8)).containsExactly("/variants/0/gtins/0 is in line 1 of this file already");
        assertThat(reasons(answer, 9)).containsExactly("/variants/0/gtins/0 belongs to product " + taken.id());
        assertThat(reasons(answer, 13).getFirst()).startsWith("/variants/0/prices/0/amount");
        assertThat(reasons(answer, 16).getFirst()).startsWith("/attributes/x");
        assertThat(reasons(answer, 22)).containsExactly(" is not UTF-8");
        shop.as("admin").get("/v1/brands").then().body("items.name", equalTo(List.of()));
        shop.as("customer")
                .get("/v1/imports/" + answer.jsonPath().getString("id"))
                .then()
                .statusCode(403);
        Catalog.fresh()
                .as("admin")
                .get("/v1/imports/" + answer.jsonPath().getString("id"))
                .then()
                .statusCode(404);
    }

    @Test
    void aSlugThatTwoRowsAskForGoesToTheFirst() {
        var rows = """
                {"name": "first", "slug": "challah", "variants": [{"sku": "SL-1"}]}
                {"name": "second", "slug": "challah", "variants": [{"sku": "SL-2"}]}
                {"name": "third", "variants": [{"sku": "SL-3"}]}
                """;

        var answer = done(rows, null);

        answer.then().body("counts.created", equalTo(2)).body("counts.rejected", equalTo(1));
        assertThat(reasons(answer, 2)).containsExactly("/slug is in line 1 of this file already");
        assertThat(shop.as("admin").get("/v1/products?limit=200").jsonPath().getList("items.product.slug"))
                .hasSize(2)
                .contains("challah");
        assertUnchanged(rows, null);
    }

    /** Rules that the tables have and no look beforehand knows, for names of this shop that begin with "unlucky". */
    @Test
    void aRowThatOnlyTheTablesRefuseIsRefusedAlone() {
        var rule = "unlucky_" + Ids.next().toString().replace("-", "");
        var rows = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> "{\"name\": \"%s %d\", \"brand\": \"B\", \"variants\": [{\"sku\": \"U-%d\"}]}"
                        .formatted(i == 5 ? "unlucky" : "good", i, i))
                .collect(Collectors.joining("\n"));
        try (var owner = Database.of("catalog", "owner")) {
            owner.update("""
                    create function catalog.%1$s() returns trigger language plpgsql as $$
                    begin
                        raise unique_violation using constraint = 'product_slug_unique', message = 'taken';
                    end $$
                    """.formatted(rule));
            owner.update("""
                    create trigger %1$s before insert on catalog.product for each row
                    when (new.tenant = '%2$s' and new.name like 'unlucky%%') execute function catalog.%1$s()
                    """.formatted(rule, shop.tenant()));
            try {
                var answer = done(rows, null);

                answer.then().body("counts.created", equalTo(11)).body("counts.rejected", equalTo(1));
                assertThat(reasons(answer, 5)).containsExactly("/slug belongs to another product");
                allIsTold();
                assertThat(events("product")).isEqualTo(11);
                assertThat(events("brand")).isEqualTo(1);
            } finally {
                owner.update("drop function catalog.%s() cascade".formatted(rule));
            }
        }
    }

    @Test
    void aRowChangesWhatItNamesAndLeavesTheRest() {
        var one = Catalog.sku();
        var two = Catalog.sku();
        done(
                ("{\"name\": \"Shirt\", \"description\": \"soft\", \"tags\": [\"a\"], \"variants\": [{\"sku\": \"%s\"},"
                                + " {\"sku\": \"%s\", \"prices\": [{\"amount\": 5, \"currency\": \"USD\"}]}]}")
                        .formatted(one, two),
                null);

        done(
                        ("{\"name\": \"Shirt!\", \"description\": null, \"variants\": [{\"sku\": \"%s\", \"name\": \"Large\","
                                        + " \"prices\": [{\"amount\": 6, \"currency\": \"EUR\"}]}]}")
                                .formatted(two.toLowerCase(java.util.Locale.ROOT)),
                        null)
                .then()
                .body("counts.updated", equalTo(1));

        var card = shop.as("admin")
                .header("Cache-Control", "no-cache")
                .get("/v1/products?sku=" + one)
                .jsonPath();
        assertThat(card.getString("items[0].product.name")).isEqualTo("Shirt!");
        assertThat(card.getString("items[0].product.description")).isNull();
        assertThat(card.getList("items[0].product.tags")).isEqualTo(List.of("a"));
        assertThat(card.getList("items[0].product.variants.name")).containsExactly(null, "Large");
        assertThat(card.getList("items[0].prices.prices.currency")).containsExactly("EUR", "USD");
        assertThat(card.getLong("items[0].product.version")).isEqualTo(2);
    }

    @Test
    void nullClearsWhatARowMayLeaveOut() {
        var one = Catalog.sku();
        var two = Catalog.sku();
        done("""
                {"name": "Shirt", "description": "soft", "type": "grocery", "attributes": {"ingredients": "wool"}, "brand": "B", \
                "categories": ["C/D"], "tags": ["a"], "media": [{"url": "https://cdn.example/shirt.jpg"}], "variants": [\
                {"sku": "%s", "name": "Large", "options": {"size": "L"}, "gtins": ["%s"], "prices": [{"amount": 5, "currency": "USD"}]}, \
                {"sku": "%s", "prices": [{"amount": 6, "currency": "USD"}, {"amount": 7, "currency": "EUR"}]}]}
                """.formatted(one, Catalog.gtin(), two), null);
        var cleared = """
                {"name": "Shirt", "description": null, "type": null, "attributes": null, "brand": null, "categories": null, \
                "tags": null, "media": null, "variants": [\
                {"sku": "%s", "name": null, "options": null, "gtins": null, "prices": null}]}
                """.formatted(one);

        done(cleared, null).then().body("counts.updated", equalTo(1));

        var card = shop.as("admin")
                .header("Cache-Control", "no-cache")
                .get("/v1/products?sku=" + two)
                .jsonPath();
        var product = "items[0].product.";
        for (var field : List.of("description", "type", "brandId")) {
            assertThat(card.getString(product + field)).as(field).isNull();
        }
        for (var field : List.of("categoryIds", "tags", "media", "variants[0].gtins")) {
            assertThat(card.getList(product + field)).as(field).isEmpty();
        }
        for (var field : List.of("attributes", "variants[0].options")) {
            assertThat(card.getMap(product + field)).as(field).isEmpty();
        }
        assertThat(card.getList(product + "variants.name")).containsExactly(null, null);
        assertThat(card.getList("items[0].prices.prices.amount"))
                .as("the other variant's")
                .containsExactly(7, 6);
        assertUnchanged(cleared, null);
    }

    @Test
    void nullInANewProductIsWhatItIsInAKnownOne() {
        shop.admin()
                .body("{\"name\": \"loose\", \"title\": \"Loose\", \"schema\": {}}")
                .post("/v1/product-types")
                .then()
                .statusCode(201);
        var row = """
                {"name": "n", "type": "loose", "attributes": {"a": null, "b": {"c": null, "d": 1}}, "brand": null, "categories": null, \
                "variants": [{"sku": "%s", "name": null, "options": {"size": null}, "gtins": null, "prices": null}]}
                """.formatted(Catalog.sku());

        done(row, null).then().body("counts.created", equalTo(1));

        assertUnchanged(row, null);
    }

    @Test
    void aRowThatWouldBeMoreThanAnEventHoldsIsRefusedAlone() {
        var answer =
                done(Catalog.tooLargeProduct() + "\n{\"name\": \"small\", \"variants\": [{\"sku\": \"S-1\"}]}", null);

        answer.then().body("counts.created", equalTo(1)).body("counts.rejected", equalTo(1));
        assertThat(reasons(answer, 1))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("/variants makes the product too large");
    }

    @Test
    void soIsARowThatWouldGiveAProductTooManyPrices() {
        var most = pricedRow(250, "USD", "EUR", "GBP", "ILS", "JPY", "CHF");
        done(most, null).then().body("counts.created", equalTo(1));

        var answer = done(pricedRow(1, "CAD") + "\n{\"name\": \"small\", \"variants\": [{\"sku\": \"S-1\"}]}", null);

        answer.then().body("counts.created", equalTo(1)).body("counts.rejected", equalTo(1));
        assertThat(reasons(answer, 1)).containsExactly("/variants would have more than 1500 prices");
        assertUnchanged(most, null);
    }

    private static String pricedRow(int variants, String... currencies) {
        var prices = Arrays.stream(currencies)
                .map("{\"amount\":1,\"currency\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        return IntStream.range(0, variants)
                .mapToObj(i -> "{\"sku\":\"V-%d\",\"prices\":%s}".formatted(i, prices))
                .collect(Collectors.joining(",", "{\"name\":\"many\",\"variants\":[", "]}"));
    }

    @Test
    void aRowThatIsNestedTooDeepIsRefusedAlone() {
        var sku = Catalog.sku();
        done("{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\"}]}".formatted(sku), null);
        var deep = "{\"a\":".repeat(90) + "1" + "}".repeat(90);

        done("""
                {"name": "n", "attributes": %s, "variants": [{"sku": "%s"}]}
                {"name": "new", "attributes": %s, "variants": [{"sku": "D-1"}]}
                {"name": "good", "variants": [{"sku": "D-2"}]}
                """.formatted(deep, sku, deep), null)
                .then()
                .body("counts.created", equalTo(1))
                .body("counts.rejected", equalTo(2));
    }

    @Test
    void aMappingReadsItsSourcesFormat() {
        var gtin = Catalog.gtin();
        var other = Catalog.gtin();
        var rows = """
                {"gtin": "%s", "name": " Pois cassés ", "ingredients": " ", "image": "", "nutritionPer100g": {"fat": 1.6, "salt": 250.0}}
                {"gtin": "%s", "name": "twin", "ingredients": "x", "image": "", "nutritionPer100g": {}}
                {"gtin": "0069905971", "name": "caramel", "ingredients": "", "image": "", "nutritionPer100g": {}}
                {"gtin": "%s", "name": "more", "colour": "red", "nutritionPer100g": {"gold": 1}}
                """.formatted(gtin, "0" + gtin, other);

        var answer = done(rows, "openfoodfacts");

        answer.then().body("counts.created", equalTo(1)).body("counts.rejected", equalTo(3));
        assertThat(reasons(answer, 2)).containsExactly("/gtin is in line 1 of this file already");
        assertThat(reasons(answer, 3).getFirst()).startsWith("/gtin is not a GTIN");
        assertThat(reasons(answer, 4))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("/colour is not a field of the mapping");
        assertThat(String.valueOf(records(answer, "&outcome=CREATED").getFirst().get("notes")))
                .contains("/nutritionPer100g/salt", "left out: 250");
        eventually(() -> shop.as("customer")
                .get("/v1/products?gtin=" + gtin)
                .then()
                .body("items[0].product.name", equalTo("Pois cassés"))
                .body("items[0].product.type", equalTo("grocery"))
                .body("items[0].product.variants[0].sku", equalTo(gtin))
                .body("items[0].product.attributes.nutritionPer100g.size()", equalTo(1)));
        assertUnchanged(rows, "openfoodfacts");
    }

    @Test
    void aDirtyFileOfManyChunksIsStoredOrNamedAndBringsNothingNewTheNextTime() {
        int count = 1_100; // of these, every tenth is dirty, in one of five ways
        var rows = IntStream.rangeClosed(1, count)
                .mapToObj(i -> i % 10 == 0 ? dirty(i) : foodOf("2%011d".formatted(i)))
                .collect(Collectors.joining("\n"));

        var answer = done(rows, "openfoodfacts");

        answer.then()
                .body("lines", equalTo(count))
                .body("counts.created", equalTo(990))
                .body("counts.rejected", equalTo(110));
        assertThat(reasons(answer, 1_010)).hasSize(1).first().asString().startsWith("/gtin is not a GTIN");
        allIsTold();
        assertThat(events("product")).isEqualTo(990);
        assertUnchanged(rows, "openfoodfacts");
    }

    private static String dirty(int i) {
        return switch (i / 10 % 5) {
            case 0 -> foodOf("2%011d".formatted(i - 1)); // the GTIN of the line before
            case 1 -> "{\"gtin\": \"1234567890123\", \"name\": \"p\", \"nutritionPer100g\": {}}";
            case 2 -> "{\"gtin\": \"2";
            case 3 -> "[]";
            default -> "{\"name\": \"no GTIN\", \"nutritionPer100g\": {}}";
        };
    }

    /** A row with the check digit added to twelve digits. */
    private static String foodOf(String body) {
        int sum = IntStream.range(0, 12)
                .map(place -> (body.charAt(place) - '0') * (place % 2 == 0 ? 1 : 3))
                .sum();
        return "{\"gtin\": \"%s%d\", \"name\": \"p\", \"nutritionPer100g\": {}}".formatted(body, (10 - sum % 10) % 10);
    }

    @Test
    void aReasonThatTwoFieldsShareIsToldOnce() {
        var row = "{\"gtin\": \"%s\", \"name\": \"p\", \"nutritionPer100g\": {}}\n".formatted(Catalog.gtin());

        var answer = done(row + row, "openfoodfacts"); // SKU and GTIN of the product both come from its "gtin"

        assertThat(reasons(answer, 2)).containsExactly("/gtin is in line 1 of this file already");
    }

    @Test
    void theReportHasPages() {
        var rows = IntStream.range(0, 1_201)
                .mapToObj(i -> "{\"name\": \"p\", \"variants\": [{\"sku\": \"P-%d\"}]}".formatted(i % 1_200))
                .collect(Collectors.joining("\n"));

        var answer = done(rows, null);

        answer.then().body("done", equalTo(1_201)).body("counts.created", equalTo(1_200));
        assertThat(reasons(answer, 1_201)).containsExactly("/variants/0/sku is in line 1 of this file already");
        var path = "/v1/imports/" + answer.jsonPath().getString("id") + "/records?limit=200";
        var first = shop.as("admin").get(path).jsonPath();
        var second = shop.as("admin")
                .get(path + "&cursor=" + first.getString("next"))
                .jsonPath();
        assertThat(first.getList("items.line")).hasSize(200).first().isEqualTo(1);
        assertThat(second.getList("items.line")).first().isEqualTo(201);
        shop.as("admin")
                .get("/v1/imports")
                .then()
                .body("items[0].id", equalTo(answer.jsonPath().getString("id")));
    }

    @Test
    void anUploadThatIsTooMuchLeavesNothing() {
        var longLine = new byte[2 << 20];
        Arrays.fill(longLine, (byte) 'x');

        isTooMuch(longLine, false);
        isTooMuch(GunzipTest.gzip(longLine), true);
        post("not gzip".getBytes(StandardCharsets.UTF_8), null, true).then().statusCode(400);
        post(Arrays.copyOf(GunzipTest.gzip(new byte[100_000]), 50), null, true)
                .then()
                .statusCode(400);
        post(new byte[0], null, false).then().statusCode(422);
        post("{}".getBytes(StandardCharsets.UTF_8), "unheard-of", false).then().statusCode(422);
        shop.as("admin")
                .contentType("text/csv")
                .body("a,b")
                .post("/v1/imports")
                .then()
                .statusCode(415);
        shop.as("customer")
                .contentType("application/x-ndjson")
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .post("/v1/imports")
                .then()
                .statusCode(403);

        shop.as("admin").get("/v1/imports").then().body("items", equalTo(List.of()));
    }

    /** The service hangs up on the rest of what it refuses: who is slow to read the answer may see that alone, and asks again. */
    private void isTooMuch(byte[] body, boolean gzip) {
        eventually(() -> {
            try {
                post(body, null, gzip).then().statusCode(413);
            } catch (Exception hungUp) {
                throw new AssertionError("no answer", hungUp);
            }
        });
    }

    @Test
    void aStepThatDoesNotCommitHasNotHappened() {
        var tenant = new TenantId(shop.tenant());
        var rows = "{\"name\": \"n\", \"brand\": \"B\", \"variants\": [{\"sku\": \"R-1\"}]}\n"
                .getBytes(StandardCharsets.UTF_8);
        var job = Ids.next();
        var lines = read.of(new Chunk(1, 1, rows), null);

        assertThatThrownBy(() -> transactions
                        .inTenant(
                                tenant,
                                tx -> step.run(tx, job, null, lines).chain(() -> {
                                    throw new IllegalStateException("killed");
                                }))
                        .await()
                        .atMost(Duration.ofSeconds(30)))
                .hasMessage("killed");
        shop.as("admin").get("/v1/products").then().body("items", equalTo(List.of()));
        var again = transactions
                .inTenant(tenant, tx -> step.run(tx, job, null, read.of(new Chunk(1, 1, rows), null)))
                .await()
                .atMost(Duration.ofSeconds(30));

        assertThat(again).extracting(ImportRecord::outcome).containsExactly(Outcome.CREATED);
        allIsTold();
        assertThat(events("product")).isEqualTo(1);
        assertThat(events("brand")).isEqualTo(1);
    }

    @Test
    void anImportThatEndedLongAgoIsForgottenWithItsReport() {
        var id = done("{}\n{\"name\": \"kept\", \"variants\": [{\"sku\": \"F-1\"}]}\n", null)
                .jsonPath()
                .getString("id");
        worker("update job set finished_at = now() - interval '8 days' where id = '" + id + "'");

        sweeps.stream()
                .filter(sweep -> sweep.name().equals("jobs"))
                .forEach(sweep -> assertThat(sweep.sweep().await().atMost(Duration.ofSeconds(30)))
                        .isFalse());

        shop.as("admin").get("/v1/imports/" + id).then().statusCode(404);
        assertThat(worker("select line from import_record where job_id = '" + id + "'"))
                .isZero();
        shop.as("customer").get("/v1/products?sku=F-1").then().statusCode(200);
    }

    @Test
    void whatAFailedImportLeftBehindGoesInBoundedBatches() {
        var tenant = new TenantId(shop.tenant());
        var upload = Ids.next();
        var job = Ids.next();
        var line = "{}\n".getBytes(StandardCharsets.UTF_8);
        transactions
                .inTenant(
                        tenant,
                        tx -> imports.beginUpload(tx, upload)
                                .chain(() -> imports.put(tx, upload, new Chunk(1, 1, line)))
                                .chain(() -> imports.put(tx, upload, new Chunk(2, 1, line)))
                                .chain(() -> imports.handOver(tx, upload, job))
                                .chain(() -> imports.claim(tx, job, Map.of("sku:a", 1L, "sku:b", 2L)))
                                .chain(() -> step.run(tx, job, null, read.of(new Chunk(1, 1, line), null))))
                .await()
                .atMost(Duration.ofSeconds(30));

        var removed = IntStream.range(0, 3)
                .map(_ -> transactions
                        .asWorker(sql -> imports.forget(sql, tenant, job, upload, 4))
                        .await()
                        .atMost(Duration.ofSeconds(30)))
                .toArray();

        assertThat(removed).containsExactly(4, 2, 0); // a record, two claims, two chunks, the upload
        assertThat(worker("select id from import_upload where id = '" + upload + "'"))
                .isZero();
    }

    /** Rows that the statement finds or changes. */
    private int worker(String sql) {
        return transactions
                .asWorker(worker -> worker.query(sql).execute().map(SqlResult::rowCount))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void theWholeOfOpenFoodFactsIsStoredOrNamed() throws Exception {
        var file = openFoodFacts();
        assumeTrue(Files.isReadable(file), () -> file + " is not there");
        byte[] packed;
        try (InputStream in = Files.newInputStream(file)) {
            packed = in.readAllBytes();
        }

        for (var created : List.of(24_627, 0)) {
            var begun = post(packed, "openfoodfacts", true);
            var path = "/v1/imports/" + begun.jsonPath().getString("id");
            eventually(
                    Duration.ofMinutes(5),
                    () -> shop.as("admin")
                            .get(path)
                            .then()
                            .body("state", equalTo("SUCCEEDED"))
                            .body("lines", equalTo(24_637))
                            .body("counts.created", equalTo(created))
                            .body("counts.unchanged", equalTo(24_627 - created))
                            .body("counts.updated", equalTo(0))
                            .body("counts.rejected", equalTo(10)));
        }
    }

    /** Beside the checkout or above it; a test's working folder is its module. */
    private static Path openFoodFacts() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared/data/openfoodfacts-25k.jsonl.gz");
            if (Files.exists(file)) {
                return file;
            }
        }
        return Path.of("../shared/data/openfoodfacts-25k.jsonl.gz");
    }
}
