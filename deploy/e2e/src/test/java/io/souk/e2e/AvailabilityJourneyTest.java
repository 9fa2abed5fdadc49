package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.UUID;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What a shop window says of the stock behind it, and whoever follows the changes hears. */
@Order(1)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class AvailabilityJourneyTest {
    private final Shop shop = new Shop(Souk.stack());
    private final String sku = "MENORAH-" + shop.tenant();

    @Test
    void givenALowMark_whenOrdersEmptyTheShelfAndGoodsArrive_thenCardAndEventsTellLowSoldOutAndBack() {
        var id = shop.sell(sku, null, "Menorah", 4_900);
        shop.receive(sku, 5);
        cardSays(id, "IN_STOCK", 5);
        var variant = shop.card(id).at("/product/variants/0/id").asText();
        var low = expect(
                        200,
                        shop.manage(
                                "PUT",
                                "/v1/products/" + id + "/variants/" + variant + "/low-stock",
                                "{\"units\": 3}",
                                "If-None-Match",
                                "*"))
                .body();
        assertThat(low.path("own").asBoolean()).isTrue();

        order(3);
        cardSays(id, "LOW", 2);
        order(2);
        cardSays(id, "SOLD_OUT", 0);
        assertThat(expect(200, shop.order(Shop.key(), sku, 1, "tok_ok", 30))
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("REJECTED");
        shop.receive(sku, 7);
        cardSays(id, "IN_STOCK", 7);

        eventually(() -> assertThat(shop.told("catalog", "availability"))
                .filteredOn(AvailabilityJourneyTest::movesAStatus)
                .extracting(AvailabilityJourneyTest::move)
                .containsExactly(
                        tuple("", "IN_STOCK"),
                        tuple("IN_STOCK", "LOW"),
                        tuple("LOW", "SOLD_OUT"),
                        tuple("SOLD_OUT", "IN_STOCK")));
    }

    private void order(int quantity) {
        assertThat(expect(200, shop.order(Shop.key(), sku, quantity, "tok_ok", 30))
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("CONFIRMED");
    }

    private void cardSays(UUID id, String status, long available) {
        eventually(() -> {
            var availability = shop.card(id).path("availability");
            assertThat(availability.path("status").asText())
                    .as("%s", availability)
                    .isEqualTo(status);
            assertThat(availability.at("/variants/0/status").asText()).isEqualTo(status);
            assertThat(availability.path("available").asLong(-1)).isEqualTo(available);
        });
    }

    /** As docs/events.md has it. */
    private static boolean movesAStatus(JsonNode event) {
        return event.at("/data/changed").toString().contains("\"status\"")
                && event.at("/data/variants/0/statusSince").equals(event.at("/data/version"));
    }

    private static Tuple move(JsonNode event) {
        var variant = event.at("/data/variants/0");
        return tuple(
                variant.path("statusBefore").asText(""), variant.path("status").asText());
    }
}
