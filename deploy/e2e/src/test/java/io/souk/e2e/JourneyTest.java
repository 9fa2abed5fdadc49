package io.souk.e2e;

import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The path that the README walks. */
class JourneyTest {
    private final Shop shop = new Shop(Souk.stack());

    @Test
    void givenAProduct_whenItIsPublishedStockedAndOrdered_thenCardSearchAndStockTellTheSame() {
        var sku = "CHALLAH-" + shop.tenant();
        var id = shop.sell(sku, "Braided challah", 450);
        shop.receive(sku, 5);

        eventually(() -> {
            var card = shop.card(id);
            assertThat(card.at("/product/name").asText()).isEqualTo("Braided challah");
            assertThat(card.at("/prices/prices/0/amount").asLong()).isEqualTo(450);
            assertThat(card.at("/availability/available").asLong()).isEqualTo(5);
        });
        eventually(() -> assertThat(
                        shop.get("/v1/search?q=chalah").body().at("/items/0/id").asText())
                .isEqualTo(id.toString()));

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 2, "tok_ok", 15))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asLong()).isEqualTo(900);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(3));
    }

    @Test
    void givenThreeUnits_whenFiveAreOrdered_thenTheOrderIsRejectedNamingTheLineAndHoldsNothing() {
        var sku = "RUGELACH-" + shop.tenant();
        shop.sell(sku, "Rugelach", 300);
        shop.receive(sku, 3);

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 5, "tok_ok", 15))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("REJECTED");
        assertThat(order.at("/refused/0/line").asInt()).isZero();
        assertThat(order.at("/refused/0/available").asLong()).isEqualTo(3);
        assertThat(shop.stock(sku).path("reserved").asLong()).isZero();
    }

    @Test
    void givenADeclinedPayment_whenTheOrderHasEnded_thenItsStockIsFreeAgain() {
        var sku = "BABKA-" + shop.tenant();
        shop.sell(sku, "Chocolate babka", 900);
        shop.receive(sku, 1);

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 1, "tok_declined", 15))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("DECLINED");
        eventually(() -> assertThat(shop.stock(sku).path("available").asLong()).isEqualTo(1));
    }

    @Test
    void givenAProduct_whenItIsLookedUpBySkuInAnyCase_thenItsCardIsFound() {
        var sku = "Matzo-" + shop.tenant();
        var id = shop.sell(sku, "Matzo", 250);

        var found = expect(200, shop.get("/v1/products?sku=" + sku.toUpperCase(java.util.Locale.ROOT)));

        assertThat(found.body().at("/items/0/product/id").asText()).isEqualTo(id.toString());
        assertThat(found.body().has("next")).isTrue();
    }

    @Test
    void givenAnotherTenant_whenItAsksForAProduct_thenThereIsNone() {
        var id = shop.sell("KUGEL-" + shop.tenant(), "Kugel", 700);
        var other = new Shop(Souk.stack());

        assertThat(other.get("/v1/products/" + id).status()).isEqualTo(404);
        assertThat(other.get("/v1/search?q=kugel").body().path("items")).isEmpty();
    }
}
