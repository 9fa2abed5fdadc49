package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.inventory.reservation.Race;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A level is counted while others book it. */
@InventoryTest
class CountRaceTest {
    private static final int EACH = 8;

    private final Shop shop = new Shop();

    /** {@code counted} and {@code difference} as the answer has them. */
    private record Count(long counted, long difference) {}

    @Test
    void givenReceiptsReservationsAndShipmentsMeanwhile_thenEachCountBooksTheDifferenceToTheVersionBeforeIt() {
        var shirt = shop.stocked("shirt", 500);
        var confirmed = IntStream.range(0, EACH).mapToObj(_ -> confirmed(shirt)).toList();

        var answers = Race.all(4 * EACH, i -> switch (i % 4) {
            case 0 -> count(shirt, counted(i / 4));
            case 1 -> shop.receipt(UUID.randomUUID().toString(), lines(shirt, "quantity", 1));
            case 2 -> reserve(shirt);
            default -> act(confirmed.get(i / 4), "ship", 2);
        });

        assertThat(answers).extracting(Response::statusCode).allMatch(status -> status < 300);
        var levels = told();
        var counts = IntStream.range(0, EACH)
                .mapToObj(
                        i -> new Count(counted(i), answers.get(4 * i).jsonPath().getLong("lines[0].quantity")))
                .toList();
        var moved = differences(levels);
        assertThat(counts).allSatisfy(count -> assertThat(moved).contains(count));
        assertThat(moved.stream().map(Count::difference).filter(units -> units != 0))
                .as("each movement is the difference of two versions")
                .containsExactlyInAnyOrderElementsOf(
                        Ledger.query("select quantity from inventory.stock_movement where tenant = ?", shop.tenant())
                                .stream()
                                .map(Long::valueOf)
                                .toList());
        Ledger.assertBalanced(shop.tenant());
    }

    /** Far enough from each other that no other booking gets there. */
    private static long counted(int i) {
        return 1_000L * (i + 1);
    }

    /** What was on hand version by version, from the first one on. */
    private List<Long> told() {
        var version = Ledger.query("select version from inventory.stock_level where tenant = ?", shop.tenant());
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .extracting(state -> state.getLong("version"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, Long.parseLong(version.getFirst()))
                        .boxed()
                        .toList()));
        return Told.states(Topics.STOCK, shop.tenant()).stream()
                .map(state -> state.getLong("onHand"))
                .toList();
    }

    /** By how much each version came to what it has. */
    private static List<Count> differences(List<Long> onHand) {
        var differences = new ArrayList<Count>();
        long before = 0;
        for (long now : onHand) {
            differences.add(new Count(now, now - before));
            before = now;
        }
        return differences;
    }

    private String confirmed(Article article) {
        var id = reserve(article).jsonPath().getString("id");
        act(id, "confirm", 1).then().statusCode(200);
        return id;
    }

    private Response reserve(Article article) {
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(lines(article, "quantity", 1).encode())
                .post("/v1/reservations");
    }

    private Response act(String id, String action, int version) {
        return shop.as("service")
                .header("If-Match", "\"" + version + "\"")
                .post("/v1/reservations/" + id + "/" + action);
    }

    private Response count(Article article, long units) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(lines(article, "counted", units).encode())
                .post("/v1/stock/counts");
    }

    private static JsonObject lines(Article article, String field, long units) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", article.sku()).put(field, units)));
    }
}
