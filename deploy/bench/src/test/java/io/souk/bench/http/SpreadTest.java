package io.souk.bench.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadTest {
    @Test
    void givenValuesInNoOrder_whenSpread_thenTheMiddleOneAndBothEnds() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3)).hasToString("2 (1-3)");
        assertThat(Spread.of(4, 1, 3, 2).median()).isEqualTo(3);
    }
}
