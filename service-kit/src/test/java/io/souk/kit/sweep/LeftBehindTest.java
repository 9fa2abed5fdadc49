package io.souk.kit.sweep;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeftBehindTest {
    @Test
    void givenARowThatIsMetAgain_whenItIsTold_thenItIsLoggedOnce() {
        var left = new LeftBehind(Logger.getLogger(LeftBehindTest.class));

        assertThat(left.tell("order 1", new IllegalStateException("damaged"))).isTrue();
        assertThat(left.tell("order 1", new IllegalStateException("damaged"))).isFalse();
    }
}
