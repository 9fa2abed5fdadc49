package io.souk.kit.sku;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SkuTest {
    @Test
    void spellingsOfOneSkuShareItsKey() {
        assertThat(new Sku("Nk-Dunk-42").key()).isEqualTo("nk-dunk-42");
        assertThat(new Sku("ПРИВЕТ").key()).isEqualTo("привет");
        assertThat(new Sku("ＡＢ１").key()).isEqualTo("ab1");
        assertThat(new Sku("ﬁt").key()).isEqualTo("fit");
    }

    static Stream<String> skus() {
        return Stream.of("a", "inner space", "👟-42", "a".repeat(Sku.MAX_LENGTH), "👟".repeat(Sku.MAX_LENGTH));
    }

    @ParameterizedTest
    @MethodSource("skus")
    void whatIsASkuIsKeptAsItIs(String text) {
        assertThat(Sku.fault(text)).isNull();
        assertThat(new Sku(text)).hasToString(text);
    }

    static Stream<String> longOnes() {
        return Stream.of(
                "a".repeat(Sku.MAX_LENGTH + 1), "👟".repeat(Sku.MAX_LENGTH + 1), "ﷺ".repeat(6)); // 18 letters each
    }

    @ParameterizedTest
    @MethodSource("longOnes")
    void theLengthIsBoundedInCharactersOfTheTextAndOfTheKey(String text) {
        assertThat(Sku.fault(text)).startsWith("must not be longer than 100 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t",
                "\u00a0", // does not break
                "a,b",
                "a，b", // wide
                " a",
                "a ",
                "\u00a0a",
                "a\u0000b",
                "a\tb",
                "a\u007fb",
                "a\u0085b",
                "\ud83d",
                "\udc5fa"
            })
    void anythingElseIsNot(String text) {
        assertThat(Sku.fault(text)).isNotNull();
        assertThatThrownBy(() -> new Sku(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
