package io.souk.orders;

import io.souk.testing.EventLog;
import io.souk.testing.Retelling;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

/** Why an order was refused its stock, as inventory says it, is told to who placed it and to who follows orders. */
@OrdersTest
class RefusalTest {
    private static final String TOO_FEW = "There is not enough stock for 1 line";
    private static final String SCATTERED = TOO_FEW + " in as many lots and locations as one line is served from";

    private final Shop shop = new Shop();
    private UUID order = new UUID(0, 0);

    @BeforeEach
    void anOrder() {
        order = shop.place("tok_ok");
    }

    /** Events of before say no reason, and those of a later inventory may say another. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "\"TOO_FEW\"   | TOO_FEW   | " + TOO_FEW,
                "\"SCATTERED\" | SCATTERED | " + SCATTERED,
                "\"FROZEN\"    | -         | " + TOO_FEW,
                "null          | -         | " + TOO_FEW,
                "-             | -         | " + TOO_FEW
            })
    void givenARefusal_whenItSaysWhy_thenTheOrderDoes_andItsTimeline_andItsEvent(
            @Nullable String told, @Nullable String reason, String note) {
        refuse(line(0, told));

        shop.get(order)
                .body("refused.requested", contains(2))
                .body("refused.available", contains(1))
                .body("refused.reason", contains(reason))
                .body("timeline[-1].note", equalTo(note));
        shop.list().body("items[0].refused.reason", contains(reason));
        eventually(() -> assertThat(reasonsTold()).containsExactly(String.valueOf(reason)));
    }

    @Test
    void givenSeveralLines_whenOneIsScattered_thenTheNoteSaysSo_andAllIsToldOnceMoreAsItWas() {
        refuse(line(0, "\"TOO_FEW\"") + "," + line(1, "\"SCATTERED\""));

        shop.get(order)
                .body("refused.reason", contains("TOO_FEW", "SCATTERED"))
                .body("timeline[-1].note", equalTo(SCATTERED.replace("1 line", "2 lines")));
        Retelling.assertAllIsToldAsItWas("orders", shop.tenant(), "order");
    }

    private String line(int line, @Nullable String reason) {
        return "{\"line\":%d,\"sku\":\"%s\",\"requested\":2,\"available\":1%s}"
                .formatted(line, shop.sku(), reason == null ? "" : ",\"reason\":" + reason);
    }

    private void refuse(String lines) {
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, order, "REFUSED", "[" + lines + "]");
        eventually(() -> shop.get(order).body("status", equalTo("REJECTED")));
    }

    /** Of each line that an event of the order tells as refused. */
    private List<String> reasonsTold() {
        return EventLog.readAll(EventLog.topic("orders", "order"), shop.tenant() + "/" + order).stream()
                .map(event -> new JsonObject(new String(event.value(), StandardCharsets.UTF_8)))
                .flatMap(event -> event.getJsonArray("refused").stream())
                .map(line -> String.valueOf(((JsonObject) line).getString("reason")))
                .toList();
    }
}
