package io.souk.inventory.stock;

import io.souk.kit.problem.FieldError;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ReceiptRequestTest {

    @Test
    void eachBadFieldIsNamed() {
        assertThat(pointers(line("A", null, 0L), line("A", UUID.randomUUID(), 1L), line(null, null, 1L), null))
                .containsExactly("/lines/0/quantity", "/lines/1", "/lines/2", "/lines/3");
        assertThat(pointers(line(" ", null, 1L), line("A\u0007", null, 1L), line("A".repeat(101), null, 1L)))
                .containsExactly("/lines/0/sku", "/lines/1/sku", "/lines/2/sku");
        assertThat(pointers(line("a,b", null, 1L), line(" A", null, 1L), line("\ud83d", null, 1L)))
                .containsExactly("/lines/0/sku", "/lines/1/sku", "/lines/2/sku");
        assertThat(pointers(line("A", null, null), line("A", null, -1L), line("A", null, Long.MAX_VALUE)))
                .containsExactly("/lines/0/quantity", "/lines/1/quantity", "/lines/2/quantity");
    }

    @Test
    void linesAreBounded() {
        assertThat(pointers()).containsExactly("/lines");
        assertThat(refusal(request(null)).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/lines");
        assertThat(refusal(request(Collections.nCopies(501, line("A", null, 1L))))
                        .errors())
                .extracting(FieldError::pointer)
                .containsExactly("/lines");
        assertThat(request(Collections.nCopies(500, line("A", null, 1L))).valid())
                .hasSize(500);
    }

    @Test
    void quantitiesAreBounded() {
        assertThat(request(List.of(line("A", null, 1L), line("A", null, BookingRules.MAX_QUANTITY)))
                        .valid())
                .hasSize(2);
        assertThat(pointers(line("A", null, BookingRules.MAX_QUANTITY + 1))).containsExactly("/lines/0/quantity");
    }

    @Test
    void aSkuIsMeasuredInCharactersAsTheCatalogueDoes() {
        assertThat(request(List.of(line("👟".repeat(100), null, 1L))).valid()).hasSize(1);
        assertThat(pointers(line("👟".repeat(101), null, 1L))).containsExactly("/lines/0/sku");
    }

    @Test
    void withoutALocationItIsMain() {
        assertThat(request(List.of(line("A", null, 1L))).valid().getFirst().location())
                .isEqualTo("main");
    }

    private static List<@Nullable String> pointers(ReceiptRequest.@Nullable Line... lines) {
        return refusal(request(Arrays.asList(lines))).errors().stream()
                .<@Nullable String>map(FieldError::pointer)
                .toList();
    }

    private static ReceiptRequest request(@Nullable List<ReceiptRequest.@Nullable Line> lines) {
        return new ReceiptRequest(lines, null, null);
    }

    private static Problem refusal(ReceiptRequest request) {
        return catchThrowableOfType(Problem.class, request::valid);
    }

    private static ReceiptRequest.Line line(@Nullable String sku, @Nullable UUID variant, @Nullable Long quantity) {
        return new ReceiptRequest.Line(sku, variant, quantity, null, null, null, null, null, null);
    }
}
