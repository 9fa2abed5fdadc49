package io.souk.catalog.availability;

import io.souk.catalog.availability.Availability.Count;
import io.souk.catalog.availability.Availability.OfVariant;
import io.souk.catalog.availability.Availability.Standing;
import io.souk.catalog.availability.Availability.Units;
import io.souk.catalog.availability.AvailabilityState.VariantState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import static io.souk.catalog.availability.StockStatus.IN_STOCK;
import static io.souk.catalog.availability.StockStatus.LOW;
import static io.souk.catalog.availability.StockStatus.SOLD_OUT;
import static org.assertj.core.api.Assertions.assertThat;

class AvailabilityVersionTest {
    private static final UUID PRODUCT = new UUID(0, 1);
    private static final UUID SHIRT = new UUID(0, 2);
    private static final UUID SCARF = new UUID(0, 3);

    @ParameterizedTest
    @CsvSource({
        "-1, 0, SOLD_OUT",
        "0, 0, SOLD_OUT",
        "0, 5, SOLD_OUT",
        "1, 0, IN_STOCK",
        "1, 1, LOW",
        "5, 5, LOW",
        "6, 5, IN_STOCK",
        "1000000000000, 1000000000, IN_STOCK"
    })
    void itIsLowFromItsUnitsDown_andSoldOutAtNone(long available, long lowUnits, StockStatus status) {
        assertThat(StockStatus.of(available, lowUnits)).isEqualTo(status);
    }

    @Test
    void eachVersionSaysWhichVariantsCameToTheirStatusWithIt_andFromWhich() {
        var first = Availability.unknown(PRODUCT).replace(List.of(count(SHIRT, 9, 5), count(SCARF, 9, 5)), false);
        assertThat(first.variants())
                .containsExactly(is(SHIRT, 9, IN_STOCK, null, 1L), is(SCARF, 9, IN_STOCK, null, 1L));

        var low = first.replace(List.of(count(SHIRT, 5, 5), count(SCARF, 8, 5)), false);
        assertThat(low.variants()).containsExactly(is(SHIRT, 5, LOW, IN_STOCK, 2L), is(SCARF, 8, IN_STOCK, null, 1L));
        assertThat(low.changedSince(first)).containsExactly("available", "status", "variants");

        var lower = low.replace(List.of(count(SHIRT, 4, 5), count(SCARF, 9, 5)), false);
        assertThat(lower.variants()).containsExactly(is(SHIRT, 4, LOW, IN_STOCK, 2L), is(SCARF, 9, IN_STOCK, null, 1L));
        assertThat(lower.changedSince(low)).containsExactly("variants");

        var gone = lower.replace(List.of(count(SHIRT, 0, 5), count(SCARF, 9, 5)), false);
        var back = gone.replace(List.of(count(SHIRT, 7, 5), count(SCARF, 9, 5)), false);
        assertThat(back.variants().getFirst()).isEqualTo(is(SHIRT, 7, IN_STOCK, SOLD_OUT, 5L));
        assertThat(back.changedSince(gone)).contains("status");
    }

    @Test
    void anotherNumberOfUnitsAloneIsAVersion_andTheSameAgainIsNone() {
        var before = Availability.unknown(PRODUCT).replace(List.of(count(SHIRT, 4, 0)), false);

        var after = before.replace(List.of(count(SHIRT, 4, 4)), false);

        assertThat(after.version()).isEqualTo(2);
        assertThat(after.changedSince(before)).containsExactly("status", "variants");
        assertThat(after.replace(List.of(count(SHIRT, 4, 9)), false)).isSameAs(after);
        var doubted = after.replace(List.of(count(SHIRT, 4, 4)), true);
        assertThat(doubted.changedSince(after)).containsExactly("doubted");
        assertThat(doubted.variants()).isEqualTo(after.variants());
    }

    @Test
    void aProductIsAsGoodAsItsBestVariant() {
        assertThat(Availability.unknown(PRODUCT).status()).isEqualTo(SOLD_OUT);
        assertThat(of(count(SHIRT, 0, 5), count(SCARF, 3, 5)).status()).isEqualTo(LOW);
        assertThat(of(count(SHIRT, 3, 5), count(SCARF, 6, 5)).status()).isEqualTo(IN_STOCK);
        assertThat(of(count(SHIRT, 0, 5), count(SCARF, 0, 5)).status()).isEqualTo(SOLD_OUT);
    }

    @Test
    void whatAnEarlierReleaseWroteOrToldHasTheStatusThatItsNumberSays() {
        assertThat(OfVariant.stored(new Units(SHIRT, "S", 3), null)).isEqualTo(is(SHIRT, 3, IN_STOCK, null, null));
        assertThat(OfVariant.stored(new Units(SHIRT, "S", 0), new Standing(SHIRT, LOW, IN_STOCK, 4L)))
                .isEqualTo(is(SHIRT, 0, SOLD_OUT, null, null));
        assertThat(OfVariant.stored(new Units(SHIRT, "S", 2), new Standing(SHIRT, SOLD_OUT, LOW, 4L)))
                .isEqualTo(is(SHIRT, 2, IN_STOCK, null, null));
        assertThat(OfVariant.stored(new Units(SHIRT, "S", 2), new Standing(SHIRT, LOW, IN_STOCK, 4L)))
                .isEqualTo(is(SHIRT, 2, LOW, IN_STOCK, 4L));

        var told = AvailabilityView.of(new AvailabilityState(
                PRODUCT,
                1,
                3,
                null,
                List.of(
                        new VariantState(SHIRT, "S", 3, null, null, null),
                        new VariantState(SCARF, "S", 0, null, null, null)),
                null,
                Set.of("variants")));
        assertThat(told.status()).isEqualTo(IN_STOCK);
        assertThat(told.variants())
                .extracting(AvailabilityView.VariantAvailability::status)
                .containsExactly(IN_STOCK, SOLD_OUT);
    }

    @Test
    void theViewIsTheSameFromTheEventAndFromTheTable() {
        var version = of(count(SHIRT, 2, 5), count(SCARF, 0, 5));

        assertThat(AvailabilityView.of(AvailabilityState.of(version, Set.of("status"))))
                .isEqualTo(AvailabilityView.of(AvailabilityState.of(version, Set.of())));
    }

    private static Availability of(Count... counts) {
        return Availability.unknown(PRODUCT).replace(List.of(counts), false);
    }

    private static Count count(UUID variant, long available, long lowUnits) {
        return new Count(variant, "S", available, lowUnits);
    }

    private static OfVariant is(
            UUID variant, long available, StockStatus status, @Nullable StockStatus before, @Nullable Long since) {
        return new OfVariant(variant, "S", available, status, before, since);
    }
}
