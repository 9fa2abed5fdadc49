package io.souk.inventory.stock;

import io.souk.inventory.stock.Choice.Place;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ChoiceTest {
    private static final UUID SHIRT = UUID.randomUUID();
    private static final UUID SHOE = UUID.randomUUID();
    private static final UUID HERE = UUID.randomUUID();

    @Test
    void aLineAloneIsServedFromAsManyAsALineMayBe() {
        assertThat(choice(need(SHIRT, 1, null), need(SHOE, 1_000, HERE)))
                .isEqualTo(Map.of(new Place(SHIRT, null), 100, new Place(SHOE, HERE), 100));
    }

    @Test
    void eachOtherLineAddsWhatItCanEmpty() {
        assertThat(choice(need(SHIRT, 100, null), need(SHIRT, 50, null)))
                .isEqualTo(Map.of(new Place(SHIRT, null), 200));
        assertThat(choice(need(SHIRT, 1_000, null), need(SHIRT, 1_000_000, null)))
                .isEqualTo(Map.of(new Place(SHIRT, null), 200));
        assertThat(choice(IntStream.range(0, 128)
                        .mapToObj(_ -> need(SHIRT, 1, null))
                        .toArray(Need[]::new)))
                .isEqualTo(Map.of(new Place(SHIRT, null), 227));
    }

    @Test
    void linesThatNameALocation_andThoseThatNameNone_emptyItTogether() {
        assertThat(choice(need(SHIRT, 2, HERE), need(SHIRT, 5, null), need(SHIRT, 7, UUID.randomUUID())))
                .containsEntry(new Place(SHIRT, HERE), 105)
                .containsEntry(new Place(SHIRT, null), 112);
    }

    @Test
    void aWiderChoiceIsWiderByItsFactor_butNotForThoseWhoLockMuchAlready() {
        var one = List.of(need(SHIRT, 1, null));
        var many = IntStream.range(0, 100)
                .mapToObj(_ -> need(UUID.randomUUID(), 1, null))
                .toList();

        assertThat(Choice.of(one, Breadth.WIDE).levels()).containsValue(400);
        assertThat(Choice.of(one, Breadth.WIDEST).levels()).containsValue(1_600);
        assertThat(Choice.of(many, Breadth.WIDEST).levels().values()).containsOnly(200);
    }

    private static Map<Place, Integer> choice(Need... needs) {
        return Choice.of(List.of(needs), Breadth.USUAL).levels();
    }

    private static Need need(UUID variant, long quantity, @Nullable UUID location) {
        return new Need(0, variant, "SKU", quantity, location);
    }
}
