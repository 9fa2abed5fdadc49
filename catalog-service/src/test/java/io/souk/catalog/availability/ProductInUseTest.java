package io.souk.catalog.availability;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.catalog.StockTopic;
import io.souk.kit.id.Ids;
import io.souk.testing.Database;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

/** What has stock is archived, and not deleted. */
@QuarkusTest
class ProductInUseTest extends CatalogServiceTest {
    private final StockTopic inventory = new StockTopic(shop.tenant());

    @Test
    void aProductOfWhichUnitsAreOnHandIsNotDeleted_butArchived_andDeletedOnceTheyHaveGone() {
        var product = shop.published();
        var level = level(product.variantId(), 5, 5);

        delete(product)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", endsWith("/product-in-use"))
                .body("detail", containsString("archive"))
                .body("variants.variantId", contains(product.variantId()))
                .body("variants.sku", contains(product.sku()))
                .body("variants.onHand", contains(5))
                .body("variants.doubted", contains(false));
        shop.card(product, "admin").then().body("product.version", equalTo((int) product.version()));

        var archived =
                shop.admin().header("If-Match", product.etag()).post("/v1/products/" + product.id() + "/archive");
        archived.then().statusCode(200).body("status", equalTo("ARCHIVED"));
        delete(new Catalog.Made(archived.jsonPath())).then().statusCode(409);

        inventory.level(level, 2, product.variantId(), 0);
        eventuallyOnHand(level, 0);
        delete(new Catalog.Made(archived.jsonPath())).then().statusCode(204);
    }

    @Test
    void unitsThatAreHeldOrNotForSaleAreInTheWayToo_overAllLevels() {
        var product = shop.published();
        level(product.variantId(), 3, 0);
        level(product.variantId(), 4, 1);
        level(product.variantId(), 0, 0);

        delete(product).then().statusCode(409).body("variants.onHand", contains(7));
    }

    @Test
    void aVariantWithUnitsIsNotTakenOut_andOneWithoutIs() {
        var kept = Catalog.sku();
        var sold = Catalog.sku();
        var stocked = Catalog.sku();
        var product = shop.create("""
                {"name": "n", "variants": [{"sku": "%s"}, {"sku": "%s"}, {"sku": "%s"}]}
                """.formatted(kept, sold, stocked));
        var ids = product.json().getList("variants.id", String.class);
        level(ids.get(0), 1, 1);
        level(ids.get(1), 0, 0);
        level(ids.get(2), 2, 2);

        shop.patch(product, variants(kept))
                .then()
                .statusCode(409)
                .body("type", endsWith("/product-in-use"))
                .body("variants.sku", contains(stocked))
                .body("errors.pointer", contains("/variants"))
                .body("errors[0].detail", containsString(stocked));
        shop.patch(product, "{\"variants\": null}")
                .then()
                .statusCode(409)
                .body("variants.sku", contains(kept, stocked));

        shop.patch(product, variants(kept, stocked))
                .then()
                .statusCode(200)
                .body("variants.sku", contains(kept, stocked));
    }

    @Test
    void aLevelThatIsBeingToldIsWaitedFor() {
        var product = shop.published();
        var level = level(product.variantId(), 0, 0);

        try (var told = Database.of("catalog", "owner")) {
            told.update("begin");
            told.update("update stock set on_hand = 2, version = 2 where tenant = ? and id = ?", shop.tenant(), level);
            var deletion = CompletableFuture.supplyAsync(() -> delete(product));
            eventually(() -> assertThat(told.query(
                            "select 1 from pg_locks where not granted and transactionid = pg_current_xact_id()::xid"))
                    .hasSize(1));
            assertThat(deletion).isNotDone();
            told.update("commit");

            deletion.join().then().statusCode(409).body("variants.onHand", contains(2));
        }
    }

    @Test
    void aLevelOfWhichSomethingNewerCannotBeReadIsInTheWay_untilItIsToldAgain() {
        var product = shop.published();
        var level = level(product.variantId(), 0, 0);
        inventory.poison(level, 2);
        try (var owner = Database.of("catalog", "owner")) {
            eventually(() -> assertThat(
                            owner.query("select doubted from stock where tenant = ? and id = ?", shop.tenant(), level))
                    .containsExactly("t"));

            delete(product)
                    .then()
                    .statusCode(409)
                    .body("type", endsWith("/product-in-use"))
                    .body("detail", containsString("not certain"))
                    .body("variants.onHand", contains(0))
                    .body("variants.doubted", contains(true));

            inventory.level(level, 3, product.variantId(), 0, 0);
            eventually(() -> assertThat(
                            owner.query("select doubted from stock where tenant = ? and id = ?", shop.tenant(), level))
                    .containsExactly("f"));
        }
        delete(product).then().statusCode(204);
    }

    @Test
    void whatAnEarlierReleaseHasNotNotedIsCountedByWhatIsFree_untilItIsToldAgain() {
        var product = shop.published();
        var free = level(product.variantId(), 3, 3);
        var held = level(product.variantId(), 2, 0);
        try (var owner = Database.of("catalog", "owner")) {
            owner.update("update stock set on_hand = null where tenant = ?", shop.tenant());
        }
        delete(product).then().statusCode(409).body("variants.onHand", contains(3));

        inventory.level(free, 1, product.variantId(), 3, 3);
        inventory.level(held, 1, product.variantId(), 2, 0);
        eventuallyOnHand(free, 3);
        eventuallyOnHand(held, 2);

        delete(product).then().statusCode(409).body("variants.onHand", contains(5));
    }

    private static String variants(String... skus) {
        return "{\"variants\": [{\"sku\": \"%s\"}]}".formatted(String.join("\"}, {\"sku\": \"", skus));
    }

    /** A new level of which the catalogue has heard. */
    private UUID level(String variant, long onHand, long available) {
        var level = Ids.next();
        inventory.level(level, 1, variant, onHand, available);
        eventuallyOnHand(level, onHand);
        return level;
    }

    private void eventuallyOnHand(UUID level, long units) {
        try (var owner = Database.of("catalog", "owner")) {
            eventually(() -> assertThat(
                            owner.query("select on_hand from stock where tenant = ? and id = ?", shop.tenant(), level))
                    .containsExactly(String.valueOf(units)));
        }
    }

    private Response delete(Catalog.Made product) {
        return shop.admin().header("If-Match", product.etag()).delete("/v1/products/" + product.id());
    }
}
