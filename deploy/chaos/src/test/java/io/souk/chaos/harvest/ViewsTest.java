package io.souk.chaos.harvest;

import io.souk.chaos.evidence.Digest;
import io.souk.chaos.evidence.Fact.Served;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ViewsTest {
    @Test
    void givenACard_whenTakenApart_thenEachPartHasItsVeryBytes() throws IOException {
        var product = "{\"version\":3,\"name\":\"Caf\u00e9 {\\\"x\\\"}\"}";
        var card = "{\"product\":%s,\"prices\":null,\"availability\":{\"version\":2}}".formatted(product);

        var views = Views.ofCard("amber", "1", card.getBytes(StandardCharsets.UTF_8));

        assertThat(views)
                .extracting(Served::thing)
                .containsExactly(
                        new Thing(Thing.PRODUCT, "amber", "1"),
                        new Thing(Thing.PRICE, "amber", "1"),
                        new Thing(Thing.AVAILABILITY, "amber", "1"));
        assertThat(views).extracting(Served::order).containsExactly(Order.of(3), Order.NONE, Order.of(2));
        assertThat(views.getFirst().bytes()).isEqualTo(Digest.ofBytes(product.getBytes(StandardCharsets.UTF_8)));
        assertThat(views.get(1).bytes()).isNull();
    }
}
