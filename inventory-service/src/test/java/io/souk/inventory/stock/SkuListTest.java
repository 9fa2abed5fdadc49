package io.souk.inventory.stock;

import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SkuListTest {

    @Test
    void skusArePartedByCommas() {
        assertThat(SkuList.of("A, b ,,C")).containsExactly(new Sku("A"), new Sku("b"), new Sku("C"));
    }

    @Test
    void theListIsBounded() {
        assertThat(SkuList.of(skus(200))).hasSize(200);
        refuses(skus(201));
        refuses(skus(1_000));
        refuses("");
        refuses(",,,");
        refuses("A".repeat(101));
        refuses("A\u0000");
        assertThat(SkuList.of("👟".repeat(100))).hasSize(1);
        refuses("👟".repeat(101));
    }

    private static void refuses(String list) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> SkuList.of(list))
                .satisfies(problem -> assertThat(problem.errors()).hasSize(1));
    }

    private static String skus(int count) {
        return IntStream.range(0, count).mapToObj(i -> "S" + i).collect(Collectors.joining(","));
    }
}
