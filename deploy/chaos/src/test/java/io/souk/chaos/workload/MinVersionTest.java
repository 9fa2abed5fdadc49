package io.souk.chaos.workload;

import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class MinVersionTest {
    @Test
    void givenOrdersOfTwoEpochs_whenFormattedAndParsed_thenTheyAreTheSame() {
        var orders = Map.of(
                new Thing(Thing.PRODUCT, "amber", "1"),
                Order.of(12),
                new Thing(Thing.PRICE, "amber", "1"),
                new Order(2, 3));

        var header = MinVersion.format(orders);

        assertThat(header).isEqualTo("price/1=2.3, product/1=12");
        assertThat(MinVersion.parse(header, "amber", List.of(Thing.PRODUCT, Thing.PRICE)))
                .isEqualTo(orders);
    }

    @Test
    void givenNoHeader_whenParsed_thenThereIsNothing() {
        assertThat(MinVersion.parse(null, "amber", List.of(Thing.PRODUCT))).isEmpty();
    }
}
