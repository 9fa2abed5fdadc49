package io.souk.catalog.card;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.catalog.StockTopic;
import io.souk.kit.id.Ids;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.Reply;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

/** Who has seen a change elsewhere says so, and reads nothing older here. */
@QuarkusTest
class SeenVersionsTest extends CatalogServiceTest {
    @Inject
    PipelinedRedis redis;

    private Response read(String path, String seen) {
        return shop.as("customer").header("Souk-Min-Version", seen).get(path);
    }

    /** As a patient client does: on a busy machine a change may come later than a read waits, but no answer is without it. */
    private Response found(String path, String seen) {
        var answer = new AtomicReference<Response>();
        eventually(() -> {
            answer.set(read(path, seen));
            assertThat(answer.get().statusCode()).isNotEqualTo(503);
        });
        return answer.get();
    }

    private static String stock(UUID level, long version) {
        return "stock/" + level + "=" + version;
    }

    @Test
    void stockThatWasJustReceivedIsOnTheCard() {
        var product = shop.published();
        var topic = new StockTopic(shop.tenant());
        var level = Ids.next();

        for (int i = 1; i <= 5; i++) {
            topic.level(level, i, product.variantId(), 10L * i);
            found("/v1/products/" + product.id(), stock(level, i))
                    .then()
                    .statusCode(200)
                    .body("availability.available", equalTo(10 * i));
        }
        topic.deleted(level, 6);
        found("/v1/products/" + product.id(), stock(level, 6))
                .then()
                .statusCode(200)
                .body("availability.available", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sku=%1$s", "?gtin=%2$s", "?limit=10"})
    void stockThatWasJustReceivedIsOnTheCardsOfALookup(String query) {
        var product = shop.published();
        var topic = new StockTopic(shop.tenant());
        var one = Ids.next();
        var other = Ids.next();

        topic.level(one, 1, product.variantId(), 3);
        topic.level(other, 4, product.variantId(), 4);

        found("/v1/products" + query.formatted(product.sku(), product.gtin()), stock(one, 1) + ", " + stock(other, 4))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].availability.available", equalTo(7));
    }

    @Test
    void whatNeverComesIsNotWaitedForWithoutEnd() {
        var product = shop.published();
        var level = Ids.next();
        new StockTopic(shop.tenant()).level(level, 1, product.variantId(), 3);
        var path = "/v1/products/" + product.id();
        found(path, stock(level, 1)).then().statusCode(200);

        for (var seen : new String[] {stock(level, 2), stock(Ids.next(), 1), "stock/" + level + "=2.1"}) {
            var refused = read(path, seen);

            refused.then().statusCode(503).contentType("application/problem+json");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.timeIn(TimeUnit.SECONDS)).isLessThan(60);
        }
        read(path, "order/" + level + "=9, reservation/" + Ids.next() + "=1")
                .then()
                .statusCode(200);
    }

    @Test
    void anotherTenantsStockNeverComesAndTellsNothing() {
        var product = shop.published();
        var path = "/v1/products/" + product.id();
        var stranger = Catalog.fresh();
        var theirs = stranger.published();
        var level = Ids.next();
        new StockTopic(stranger.tenant()).level(level, 1, theirs.variantId(), 3);
        eventually(() -> stranger.as("customer")
                .header("Souk-Min-Version", stock(level, 1))
                .get("/v1/products/" + theirs.id())
                .then()
                .statusCode(200));

        var real = read(path, stock(level, 1));
        var madeUp = read(path, stock(Ids.next(), 1));

        real.then().statusCode(503);
        assertThat(real.jsonPath().getString("detail"))
                .isEqualTo(madeUp.jsonPath().getString("detail"));
        assertThat(real.jsonPath().getMap("$").keySet())
                .isEqualTo(madeUp.jsonPath().getMap("$").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/products/%s", "/v1/products?limit=1"})
    void whatIsNoListOfVersionsIsRefusedByName(String path) {
        var product = shop.published();

        for (var seen : new String[] {"stock/1=1", "stock/" + product.id(), "stock/" + product.id() + "=0"}) {
            read(path.formatted(product.id()), seen)
                    .then()
                    .statusCode(400)
                    .body("errors.parameter", hasItem("Souk-Min-Version"));
        }
    }

    @Test
    void anAbsenceThatWasNotedIsNotBelievedByWhoHasSeenAChange() {
        var product = shop.published();
        var path = "/v1/products?sku=" + product.sku();
        eventually(() -> {
            noteThatNothingHas(product.sku());
            shop.as("customer").get(path).then().statusCode(200).body("items", hasSize(0));
        });

        read(path, "product/" + product.id() + "=" + product.version())
                .then()
                .statusCode(200)
                .body("items.product.id", hasItem(product.id()));

        eventually(() -> shop.as("customer").get(path).then().body("items.product.id", hasItem(product.id())));
    }

    /** As another replica does that looked just before the product was made. */
    private void noteThatNothingHas(String sku) {
        var hints = (Reply.Many) ask(RedisCommand.of("KEYS", 1).arg("*/" + sku.toLowerCase(Locale.ROOT)));
        assertThat(hints.items()).hasSize(1);
        if (hints.items().getFirst() instanceof Reply.Bulk hint) {
            ask(RedisCommand.of("SET", 2).arg(hint.text()).arg("-"));
        }
    }

    private Reply ask(RedisCommand command) {
        var answer = redis.send(command).toCompletionStage().toCompletableFuture();
        return Objects.requireNonNull(answer.orTimeout(20, TimeUnit.SECONDS).join());
    }
}
