package io.souk.kit.gtin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GtinTest {
    @Test
    void everyPaddedFormIsTheSameNumber() {
        assertThat(Gtin.parse("96385074"))
                .contains(new Gtin("00000096385074"))
                .isEqualTo(Gtin.parse("000096385074"))
                .isEqualTo(Gtin.parse("0000096385074"))
                .isEqualTo(Gtin.parse("00000096385074"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4006381333931", "614141000036", "10614141000415", "73513537"})
    void aRightCheckDigitIsTaken(String text) {
        assertThat(Gtin.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4006381333932",
                "0069905971",
                "00704415502019001139",
                "",
                "400638133393",
                "400638133393X",
                "٤٠٠٦٣٨١٣٣٣٩٣١",
                " 4006381333931",
                "-4006381333931",
                "0",
                "00000000",
                "000000000000",
                "0000000000000",
                "00000000000000"
            })
    void anythingElseIsNot(String text) {
        assertThat(Gtin.parse(text)).isEmpty();
    }

    @Test
    void aGtinCannotBeBuiltWrong() {
        assertThatThrownBy(() -> new Gtin("4006381333931")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Gtin("04006381333932")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Gtin("00000000000000")).isInstanceOf(IllegalArgumentException.class);
    }
}
