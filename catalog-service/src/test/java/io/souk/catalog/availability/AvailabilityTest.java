package io.souk.catalog.availability;

import io.quarkus.test.junit.QuarkusTest;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.catalog.StockTopic;
import io.souk.kit.id.Ids;
import io.souk.testing.EventLog;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class AvailabilityTest extends CatalogServiceTest {
    private final StockTopic inventory = new StockTopic(shop.tenant());

    private List<String> events(Catalog.Made product) {
        return EventLog.readAll(EventLog.topic("catalog", "availability"), shop.tenant() + "/" + product.id()).stream()
                .map(record -> new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    private void eventuallyAvailable(Catalog.Made product, int units) {
        eventually(() -> shop.card(product, "customer")
                .then()
                .statusCode(200)
                .body("availability.available", equalTo(units))
                .body("availability.variants[0].variantId", equalTo(product.variantId()))
                .body("availability.variants[0].sku", equalTo(product.sku())));
    }

    @Test
    void theCardShowsTheStockOfAllLocations() {
        var product = shop.published();

        inventory.level(Ids.next(), 1, product.variantId(), 3);
        inventory.level(Ids.next(), 1, product.variantId(), 4);

        eventuallyAvailable(product, 7);
    }

    @Test
    void anEventThatComesTwiceOrLateCountsOnce() {
        var product = shop.published();
        var level = Ids.next();

        inventory.level(level, 2, product.variantId(), 5);
        inventory.level(level, 1, product.variantId(), 9);
        inventory.level(level, 2, product.variantId(), 5);
        eventuallyAvailable(product, 5);
        inventory.level(level, 3, product.variantId(), 4);
        eventuallyAvailable(product, 4);

        eventually(() -> assertThat(events(product)).hasSize(2));
    }

    @Test
    void aLevelThatMovesNoNumberMakesNoVersion() {
        var product = shop.published();
        var level = Ids.next();
        inventory.level(level, 1, product.variantId(), 5);
        eventuallyAvailable(product, 5);

        inventory.level(level, 2, product.variantId(), 5);
        inventory.level(level, 3, product.variantId(), 6);

        eventuallyAvailable(product, 6);
        eventually(() -> assertThat(events(product)).hasSize(2));
        assertThat(events(product).getLast()).contains("\"version\":2");
    }

    @Test
    void aCardSaysThatItsStockMayBeOldWhileWhatWasToldOfItIsNotUnderstood() {
        var product = shop.published();
        var level = Ids.next();
        inventory.level(level, 1, product.variantId(), 5);
        eventuallyAvailable(product, 5);

        inventory.poison(level, 2);
        eventuallyMarked(product, equalTo("availability"), 5);
        shop.as("customer")
                .header("Cache-Control", "max-age=60")
                .get("/v1/products/" + product.id())
                .then()
                .statusCode(503);

        inventory.level(level, 3, product.variantId(), 5);
        eventuallyMarked(product, nullValue(), 5);
        inventory.poison(level, 2); // late: what is known is newer
        inventory.level(Ids.next(), 1, product.variantId(), 1);
        eventuallyMarked(product, nullValue(), 6);
    }

    /** Its order is not believed. After a crash some of the log is read again. */
    @Test
    void aRecordUnderAnothersHeaderPutsItsLevelInDoubtUntilTheNextChangeHoweverOftenBothAreRead() {
        var product = shop.published();
        var level = Ids.next();
        inventory.level(level, 1, product.variantId(), 5);
        eventuallyAvailable(product, 5);
        inventory.forged(level, 1);
        eventuallyMarked(product, equalTo("availability"), 5);

        inventory.level(level, 2, product.variantId(), 5);
        eventuallyMarked(product, nullValue(), 5);
        inventory.forged(level, 1);
        inventory.level(level, 2, product.variantId(), 5);
        inventory.level(inventory.behind(level), 1, product.variantId(), 1);

        eventuallyMarked(product, nullValue(), 6);
    }

    private void eventuallyMarked(Catalog.Made product, Matcher<?> mark, int available) {
        eventually(() -> {
            StockTopic.allIsTold();
            shop.card(product, "customer")
                    .then()
                    .statusCode(200)
                    .header("Souk-Stale", mark)
                    .body("availability.available", equalTo(available));
        });
    }

    @Test
    void aLevelThatIsGoneCountsNothing() {
        var product = shop.published();
        var level = Ids.next();
        inventory.level(level, 1, product.variantId(), 5);
        eventuallyAvailable(product, 5);

        inventory.deleted(level, 2);

        eventuallyAvailable(product, 0);
    }

    @Test
    void aProductThatGoesBeforeAnyStockWasHeardOfLeavesNoVersionUntold() {
        var product = shop.published();

        shop.admin()
                .header("If-Match", product.etag())
                .delete("/v1/products/" + product.id())
                .then()
                .statusCode(204);

        eventually(() -> assertThat(
                        EventLog.readAll(EventLog.topic("catalog", "availability"), shop.tenant() + "/" + product.id()))
                .singleElement()
                .satisfies(record -> assertThat(new String(
                                record.headers()
                                        .lastHeader("ce_aggregateversion")
                                        .value(),
                                java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("1")));
    }

    @Test
    void aPoisonedEventHoldsNothingUp() {
        var product = shop.published();

        inventory.poison(Ids.next());
        for (int i = 0; i < 8; i++) { // over all partitions
            inventory.level(Ids.next(), 1, product.variantId(), 1);
        }

        eventuallyAvailable(product, 8);
    }

    @Test
    void aVariantThatGoesTakesItsLevelsWithIt() {
        var one = Catalog.sku();
        var two = Catalog.sku();
        var product = shop.publish(shop.create(
                "{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\"}, {\"sku\": \"%s\"}]}".formatted(one, two)));
        var ids = product.json().getList("variants.id", String.class);
        var sold = Ids.next();
        inventory.level(Ids.next(), 1, ids.get(0), 2);
        inventory.level(sold, 1, ids.get(1), 3);
        eventuallyAvailable(product, 5);
        inventory.level(sold, 2, ids.get(1), 0);
        eventuallyAvailable(product, 2);

        shop.patch(product, "{\"variants\": [{\"sku\": \"%s\"}]}".formatted(one))
                .then()
                .statusCode(200);
        inventory.level(sold, 3, ids.get(1), 7); // come in while it went

        eventually(() -> shop.card(product, "customer")
                .then()
                .body("availability.available", equalTo(2))
                .body("availability.variants.variantId", contains(ids.get(0))));
    }

    @Test
    void stockOfAVariantThatNobodyKnowsIsKept() {
        var product = shop.published();
        inventory.level(Ids.next(), 1, Ids.next().toString(), 9);
        inventory.level(Ids.next(), 1, product.variantId(), 1);

        eventuallyAvailable(product, 1);
    }

    @Test
    void anotherTenantsStockIsAnotherTenants() {
        var product = shop.published();
        var other = Catalog.fresh();
        new StockTopic(other.tenant()).level(Ids.next(), 1, product.variantId(), 99);
        inventory.level(Ids.next(), 1, product.variantId(), 1);

        eventuallyAvailable(product, 1);
        shop.cardPastCaches(product, "customer").then().body("availability.available", equalTo(1));
    }

    @Test
    void aProductOfWhichNoStockIsKnownSaysSo() {
        shop.cardPastCaches(shop.published(), "customer").then().body("availability", nullValue());
    }
}
