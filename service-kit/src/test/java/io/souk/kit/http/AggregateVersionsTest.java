package io.souk.kit.http;

import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions.Aggregate;
import io.souk.kit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.kit.http.AggregateVersions.MIN_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AggregateVersionsTest {
    private static final UUID A = UUID.fromString("0198c5d2-7f3e-7c1a-9b2d-4e5f60718293");
    private static final UUID B = UUID.fromString("0198c5d2-7f3e-7c1a-9b2d-4e5f60718294");

    @Test
    void givenOrders_whenTheyAreWrittenAndRead_thenTheyAreTheSame() {
        var orders = new LinkedHashMap<Aggregate, Order>();
        orders.put(new Aggregate("product-type", A), new Order(1, 12));
        orders.put(new Aggregate("price", B), new Order(2, 3));
        orders.put(new Aggregate("stock", B), new Order(99_999, 999_999_999_999_999L));
        var versions = new AggregateVersions(orders);

        var text = versions.format();

        assertThat(text)
                .isEqualTo("product-type/%s=12, price/%s=2.3, stock/%s=99999.999999999999999".formatted(A, B, B));
        assertThat(AggregateVersions.parse(MIN_VERSION, text)).isEqualTo(versions);
    }

    @Test
    void givenBlanksAndTheFirstEpochSpelledOut_thenTheListIsRead() {
        var read = AggregateVersions.parse(MIN_VERSION, " price/%s=1.3 ,\tproduct/%s=4,price/%s=5 ".formatted(A, B, B));

        assertThat(read.find("price", A)).isEqualTo(new Order(1, 3));
        assertThat(read.find("product", B)).isEqualTo(new Order(1, 4));
        assertThat(read.find("product", A)).isNull();
        assertThat(read.orders()).hasSize(3);
    }

    @Test
    void givenAnAggregateTwice_thenTheHigherOrderCounts() {
        var read = AggregateVersions.parse(MIN_VERSION, "price/%s=2.1,price/%s=9,price/%s=8".formatted(A, A, A));

        assertThat(read.orders()).hasSize(1);
        assertThat(read.find("price", A)).isEqualTo(new Order(2, 1));
    }

    @Test
    void givenNoHeader_thenNothingIsAsked() {
        assertThat(AggregateVersions.parse(MIN_VERSION, null).isEmpty()).isTrue();
    }

    @Test
    void givenAsManyAsMayBe_thenAllAreRead_andOneMoreIsRefused() {
        assertThat(AggregateVersions.parse(MIN_VERSION, entries(50)).orders()).hasSize(50);

        assertRefused(entries(51));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "price",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=0",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=-1",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=01",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1.",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=0.1",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1.2.3",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=100000.1",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1000000000000000",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1,",
                "price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1 price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718294=1",
                "PRICE/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1",
                "price/0198C5D2-7F3E-7C1A-9B2D-4E5F60718293=1",
                "price/198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1",
                "catalog.price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1",
                "\"price/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=1\"",
                "*",
            })
    void givenWhatIsNoSuchList_thenThe400NamesTheHeader(String value) {
        assertRefused(value);
    }

    @Test
    void givenAHugeHeader_thenItIsRefusedUnread() {
        assertRefused(entries(1) + " ".repeat(10_000));
    }

    private static void assertRefused(String value) {
        assertThatThrownBy(() -> AggregateVersions.parse(MIN_VERSION, value))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.toString()).contains(MIN_VERSION));
                });
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "stock/" + new UUID(A.getMostSignificantBits(), i) + "=1")
                .collect(Collectors.joining(","));
    }
}
