package io.souk.inventory.stock;

import io.souk.inventory.variant.Variant;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class StockKeyTest {

    @Test
    void keysSortAsPostgresqlSortsThem() {
        var low = key("00000000-0000-0000-0000-000000000001", "ffffffff-0000-0000-0000-000000000000");
        var middle = key("7fffffff-ffff-ffff-0000-000000000000", "00000000-0000-0000-0000-000000000001");
        var high = key("80000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001");
        var highest = key("80000000-0000-0000-0000-000000000000", "80000000-0000-0000-0000-000000000001");

        assertThat(Stream.of(highest, low, high, middle).sorted()).containsExactly(low, middle, high, highest);
    }

    @Test
    void whatHasNoLotComesFirst_thenLotsByTheirBytes() {
        var none = key("00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000001");

        assertThat(Stream.of(lot(none, "a"), lot(none, "Z"), none, lot(none, "9"))
                        .sorted())
                .extracting(StockKey::lot)
                .containsExactly("", "9", "Z", "a");
    }

    private static StockKey lot(StockKey of, String code) {
        return new StockKey(of.variant(), of.locationId(), code, LocalDate.EPOCH);
    }

    private static StockKey key(String variant, String location) {
        return StockKey.withoutLot(
                new Variant(UUID.fromString(variant), new UUID(0, 0), "SKU"), UUID.fromString(location));
    }
}
