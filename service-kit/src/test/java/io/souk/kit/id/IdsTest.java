package io.souk.kit.id;

import org.junit.jupiter.api.Test;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class IdsTest {
    /** The value is written down here: others have got it, so a new version of this code must make it too. */
    @Test
    void givenTheSameWords_whenTheyAreNamedAgain_thenTheIdIsTheSameForEver() {
        assertThat(Ids.named("shop", "order", "CAPTURE"))
                .isEqualTo(UUID.fromString("01a092df-f1b7-5d40-829b-e0deefa2ad9e"))
                .extracting(UUID::version)
                .isEqualTo(5);
    }

    @Test
    void givenOtherWords_whenTheyAreNamed_thenTheIdIsAnother() {
        assertThat(Ids.named("a", "bc")).isNotEqualTo(Ids.named("ab", "c"));
        assertThat(Ids.named("a", "b")).isNotEqualTo(Ids.named("b", "a"));
    }
}
