package io.souk.inventory.variant;

import io.souk.inventory.ForeignEvents;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Order;
import io.souk.testing.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
class ProductEventsTest {
    private final Shop shop = new Shop();
    private final UUID product = UUID.randomUUID();
    private final Article shirt = new Article(UUID.randomUUID(), product, "Shirt");
    private final Article shoe = new Article(UUID.randomUUID(), product, "Shoe");

    @Test
    void givenEventsTwiceAndSwapped_thenTheNewestStateStays() {
        shop.tellProduct(product, 2, "PUBLISHED", shirt);
        shop.tellProduct(product, 1, "DRAFT", shirt, shoe);
        shop.tellProduct(product, 2, "PUBLISHED", shirt);
        shop.tellProduct(product, 1, "DRAFT", shoe);

        shop.settleProduct(product);

        assertThat(liveSkus()).containsExactly("Shirt", "settled");
        assertThat(Ledger.query("select status from inventory.known_product where product_id = ?", product))
                .containsExactly("PUBLISHED");
    }

    @Test
    void givenAVariantIsTakenOut_thenItIsRetiredAndItsStockStays() {
        shop.tellProduct(product, 1, "PUBLISHED", shirt, shoe);
        shop.awaitKnown(shoe);
        shop.receive(shoe, 3);

        shop.tellProduct(product, 2, "PUBLISHED", shirt);

        eventually(() -> assertThat(liveSkus()).containsExactly("Shirt"));
        assertThat(Ledger.query("select on_hand from inventory.stock_level where variant_id = ?", shoe.id()))
                .containsExactly("3");
        shop.tellProduct(product, 3, "PUBLISHED", shirt, shoe);
        eventually(() -> assertThat(liveSkus()).containsExactly("Shirt", "Shoe"));
        assertThat(shop.stock(shoe).getLong("onHand")).isEqualTo(3);
    }

    @Test
    void givenTheProductIsDeleted_thenNothingOfItIsLive_andALateEventDoesNotReviveIt() {
        shop.tellProduct(product, 1, "PUBLISHED", shirt);
        shop.tellProductDeleted(product, 3);
        shop.tellProduct(product, 2, "PUBLISHED", shirt);

        shop.settleProduct(product);

        assertThat(liveSkus()).containsExactly("settled");
    }

    @Test
    void givenAnArchivedProduct_thenItsVariantsStayKnown() {
        shop.tellProduct(product, 1, "PUBLISHED", shirt);
        shop.tellProduct(product, 2, "ARCHIVED", shirt);
        shop.settleProduct(product);

        shop.receive(shirt, 1);

        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(1);
    }

    @Test
    void givenASkuIsRenamed_thenItsStockIsToldUnderTheNewName() {
        shop.tellProduct(product, 1, "PUBLISHED", shirt);
        shop.awaitKnown(shirt);
        shop.receive(shirt, 3);

        shop.tellProduct(product, 2, "PUBLISHED", shirt.renamed("Jersey"));

        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .hasSize(2)
                .last()
                .satisfies(state -> {
                    assertThat(state.getString("sku")).isEqualTo("Jersey");
                    assertThat(state.getLong("version")).isEqualTo(2);
                    assertThat(state.getLong("onHand")).isEqualTo(3);
                    assertThat(state.getJsonArray("changed")).containsExactly("sku");
                }));
        Told.assertNamed(Topics.STOCK, shop.tenant());
    }

    @Test
    void givenASkuMovesToAnotherProduct_whoseEventComesFirst_thenTheNewOwnerHasIt() {
        shop.tellProduct(product, 1, "PUBLISHED", shirt);
        shop.awaitKnown(shirt);
        shop.receive(shirt, 1);
        var heir = new Article(UUID.randomUUID(), UUID.randomUUID(), "Shirt");
        shop.tellProduct(heir.productId(), 1, "PUBLISHED", heir);

        eventually(() -> assertThat(shop.stock(heir).getString("variantId"))
                .isEqualTo(heir.id().toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{\"status\": \"PUBLISHED\"}",
                "{\"status\": \"SOLD\", \"variants\": []}",
                "{\"status\": \"PUBLISHED\", \"variants\": [{\"id\": \"x\", \"sku\": \"S\"}]}",
                "{\"status\": \"PUBLISHED\", \"variants\": [{\"sku\": \"S\"}]}",
                "{\"status\": \"PUBLISHED\", \"variants\": [null]}"
            })
    void aPoisonedEventGoesToTheDeadLetters_andTheNextIsApplied(String poison) {
        var event = ForeignEvents.send(
                Topics.PRODUCT, shop.tenant(), UUID.randomUUID(), product, new Order(1, 1), ChangeKind.CHANGED, poison);

        // before the next is told: of two versions in one batch only the later one is looked into
        eventually(() -> assertThat(EventLog.readAll(EventLog.topic("dlq", "inventory")))
                .anySatisfy(letter -> assertThat(Told.header(letter, "ce_id")).isEqualTo(event.toString())));
        shop.tellProduct(product, 2, "PUBLISHED", shirt);
        eventually(() -> assertThat(liveSkus()).containsExactly("Shirt"));
    }

    private List<String> liveSkus() {
        return Ledger.query("select sku from inventory.variant where tenant = ? and live order by sku", shop.tenant());
    }
}
