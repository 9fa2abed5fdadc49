package io.souk.inventory.variant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SkuTest {

    @Test
    void spellingsOfOneSkuShareItsKey() {
        assertThat(new Sku(" Nk-Dunk-42 ").key()).isEqualTo("nk-dunk-42");
        assertThat(new Sku("ПРИВЕТ").key()).isEqualTo("привет");
        assertThat(new Sku("ＡＢ１").key()).isEqualTo("ab1");
    }

    @Test
    void whatCannotBeASku() {
        assertThat(Sku.isValid("")).isFalse();
        assertThat(Sku.isValid(" \t")).isFalse();
        assertThat(Sku.isValid("a\u0000b")).isFalse();
        assertThat(Sku.isValid("a".repeat(Sku.MAX_LENGTH + 1))).isFalse();
        assertThat(Sku.isValid("a".repeat(Sku.MAX_LENGTH))).isTrue();
        assertThat(Sku.isValid("👟-42")).isTrue();
    }
}
