package io.souk.inventory.stock;

import io.souk.inventory.stock.Shortage.Reason;
import io.souk.kit.tenant.TransactionFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FreeStockTest {
    private static final UUID SHIRT = UUID.randomUUID();
    private static final UUID SHOE = UUID.randomUUID();

    @Test
    void givenEnough_thenEveryLineIsHeld() {
        var shirts = level(SHIRT, 5, 0, 0);
        var shoes = level(SHOE, 2, 1, 0);

        var allocation = stock(List.of(shirts, shoes)).take(List.of(need(0, SHIRT, 5), need(1, SHOE, 1)));

        assertThat(allocation).isEqualTo(new Allocation.Held(List.of(hold(0, shirts, 5), hold(1, shoes, 1))));
    }

    @Test
    void givenOneLineShort_thenNothingIsHeldAndItIsNamed() {
        var stock = stock(List.of(level(SHIRT, 5, 0, 0), level(SHOE, 2, 0, 0)));

        var allocation = stock.take(List.of(need(0, SHIRT, 1), need(1, SHOE, 3)));

        assertThat(allocation).isEqualTo(refused(1, 3, 2, Reason.TOO_FEW));
    }

    @Test
    void givenAVariantThatNobodyStocks_thenNoneIsAvailable() {
        assertThat(stock(List.of()).take(List.of(need(0, SHIRT, 1)))).isEqualTo(refused(0, 1, 0, Reason.TOO_FEW));
    }

    /** Of as many levels as are locked for a line there may be more. */
    @ParameterizedTest
    @CsvSource({"99, TOO_FEW", "100, SCATTERED"})
    void givenALineThatIsShort_thenItSaysWhetherAllWasLookedAt(int places, Reason reason) {
        var stock = stock(IntStream.range(0, places)
                .mapToObj(place -> level(SHIRT, 1, 0, place))
                .toList());

        assertThat(stock.take(List.of(need(0, SHIRT, places + 1L)))).isEqualTo(refused(0, places + 1L, places, reason));
    }

    @Test
    void givenSeveralLocations_thenTheFirstInOrderIsTaken() {
        var second = level(SHIRT, 9, 0, 20);
        var first = level(SHIRT, 9, 0, 10);

        assertThat(stock(List.of(second, first)).take(List.of(need(0, SHIRT, 2))))
                .isEqualTo(new Allocation.Held(List.of(hold(0, first, 2))));
    }

    @Test
    void givenTheFirstLocationHasTooFew_thenTheOneThatHasAllIsTaken() {
        var few = level(SHIRT, 1, 0, 1);
        var many = level(SHIRT, 4, 0, 2);

        assertThat(stock(List.of(few, many)).take(List.of(need(0, SHIRT, 3))))
                .isEqualTo(new Allocation.Held(List.of(hold(0, many, 3))));
    }

    @Test
    void givenNoLocationHasAll_thenTheLineIsSplitInOrder() {
        var first = level(SHIRT, 3, 1, 1);
        var none = level(SHIRT, 2, 2, 2);
        var third = level(SHIRT, 3, 0, 3);

        assertThat(stock(List.of(third, none, first)).take(List.of(need(0, SHIRT, 4))))
                .isEqualTo(new Allocation.Held(List.of(hold(0, first, 2), hold(0, third, 2))));
    }

    @Test
    void givenTwoLinesOfOneVariant_thenTheyShareWhatIsFree() {
        var shirts = level(SHIRT, 5, 0, 0);

        assertThat(stock(List.of(shirts)).take(List.of(need(0, SHIRT, 3), need(1, SHIRT, 3))))
                .isEqualTo(refused(1, 3, 2, Reason.TOO_FEW));
        assertThat(stock(List.of(shirts)).take(List.of(need(0, SHIRT, 3), need(1, SHIRT, 2))))
                .isEqualTo(new Allocation.Held(List.of(hold(0, shirts, 3), hold(1, shirts, 2))));
    }

    @Test
    void givenTheGreatestLevels_thenTheirSumDoesNotOverflow() {
        var levels = List.of(level(SHIRT, StockLevel.MAX_UNITS, 0, 1), level(SHIRT, StockLevel.MAX_UNITS, 0, 2));

        assertThat(stock(levels).take(List.of(need(0, SHIRT, StockLevel.MAX_UNITS), need(1, SHIRT, 1))))
                .isInstanceOf(Allocation.Held.class);
    }

    @Test
    void givenALineNamesItsLocation_thenItComesFromThereOrNotAtAll() {
        var near = level(SHIRT, 9, 0, 1);
        var far = level(SHIRT, 2, 0, 2);
        var there = far.level().locationId();
        var two = new Need(0, SHIRT, "SKU", 2, there);
        var one = new Need(0, SHIRT, "SKU", 1, there);
        var stock = stock(List.of(near, far), two, one);

        assertThat(stock.take(List.of(two))).isEqualTo(new Allocation.Held(List.of(hold(0, far, 2))));
        assertThat(stock.take(List.of(one))).isEqualTo(refused(0, 1, 0, Reason.TOO_FEW));
    }

    @Test
    void givenARefusedCart_thenTheNextOneFindsAllThatWasFree() {
        var shirts = level(SHIRT, 5, 0, 0);
        var stock = stock(List.of(shirts));

        stock.take(List.of(need(0, SHIRT, 4), need(1, SHOE, 1)));

        assertThat(stock.changes()).isEmpty();
        assertThat(stock.take(List.of(need(0, SHIRT, 5)))).isInstanceOf(Allocation.Held.class);
    }

    @Test
    void givenManyCartsOfOneLevel_thenItChangesOnceByTheirSum() {
        var shirts = level(SHIRT, 10, 1, 0);
        var stock = stock(List.of(shirts));

        stock.take(List.of(need(0, SHIRT, 4)));
        stock.take(List.of(need(0, SHIRT, 3)));
        stock.giveBack(List.of(hold(0, shirts, 1)));

        assertThat(stock.changes())
                .containsExactly(new LevelChange(shirts.level().id(), 0, 6));
    }

    @Test
    void givenWhatIsTakenIsGivenBack_thenNothingChanges() {
        var shirts = level(SHIRT, 10, 4, 0);
        var stock = stock(List.of(shirts));

        stock.giveBack(List.of(hold(0, shirts, 4)));
        stock.take(List.of(need(0, SHIRT, 4)));

        assertThat(stock.changes()).isEmpty();
    }

    @Test
    void givenLotsAtALocation_thenWhatExpiresFirstGoesFirst_andWhatKeepsGoesLast() {
        var here = UUID.randomUUID();
        var keeps = level(SHIRT, here, null, false, 9, 0, 1);
        var late = lot(here, 1, "late", 20, false, 3);
        var soon = lot(here, 1, "soon", 10, false, 3);

        assertThat(stock(List.of(keeps, late, soon)).take(List.of(need(0, SHIRT, 7))))
                .isEqualTo(new Allocation.Held(List.of(hold(0, soon, 3), hold(0, late, 3), hold(0, keeps, 1))));
    }

    @Test
    void givenAnotherLocationHasOneLotOfAll_thenTheFirstLocationStillServesByItsLots() {
        var here = UUID.randomUUID();
        var soon = lot(here, 1, "soon", 10, false, 3);
        var late = lot(here, 1, "late", 20, false, 3);
        var there = lot(UUID.randomUUID(), 2, "there", 1, false, 9);

        assertThat(stock(List.of(soon, late, there)).take(List.of(need(0, SHIRT, 5))))
                .isEqualTo(new Allocation.Held(List.of(hold(0, soon, 3), hold(0, late, 2))));
    }

    @Test
    void givenALotHasExpired_thenNothingOfItIsThere() {
        var here = UUID.randomUUID();
        var over = lot(here, 1, "over", 1, true, 9);
        var good = lot(here, 1, "good", 2, false, 2);

        assertThat(stock(List.of(over, good)).take(List.of(need(0, SHIRT, 3))))
                .isEqualTo(refused(0, 3, 2, Reason.TOO_FEW));
    }

    @Test
    void givenUnitsOfALotThatExpiredAreGivenBack_thenNobodyGetsThem() {
        var over = lot(UUID.randomUUID(), 1, "over", 1, true, 9);
        var stock = stock(List.of(over));

        stock.giveBack(List.of(hold(0, over, 2)));

        assertThat(stock.take(List.of(need(0, SHIRT, 1)))).isEqualTo(refused(0, 1, 0, Reason.TOO_FEW));
        assertThat(stock.changes()).containsExactly(new LevelChange(over.level().id(), 0, -2));
    }

    private static Allocation refused(int line, long requested, long available, Reason reason) {
        return new Allocation.Refused(List.of(new Shortage(line, "SKU", requested, available, reason)));
    }

    @Test
    void givenMoreLevelsThanALineIsHeldFrom_thenItIsRefused_andTheNextLineGetsTheRest() {
        var shirts = levels(150);
        var stock = stock(shirts, need(0, SHIRT, 101), need(1, SHIRT, 100), need(2, SHIRT, 50));

        assertThat(stock.take(List.of(need(0, SHIRT, 101)))).isEqualTo(refused(0, 101, 100, Reason.SCATTERED));
        assertThat(stock.take(List.of(need(1, SHIRT, 100), need(2, SHIRT, 50)))).isInstanceOf(Allocation.Held.class);
        assertThat(stock.take(List.of(need(0, SHIRT, 1)))).isEqualTo(refused(0, 1, 0, Reason.TOO_FEW));
    }

    @Test
    void givenOthersTookWhatWasChosen_thenNobodyIsRefusedWhomItWouldHaveServed() {
        var five = taken(level(SHIRT, 5, 3, 0), 5);

        assertThat(stock(List.of(five)).take(List.of(need(0, SHIRT, 2)))).isInstanceOf(Allocation.Held.class);
        assertThatThrownBy(() -> stock(List.of(five)).take(List.of(need(0, SHIRT, 5))))
                .isInstanceOf(TransactionFailure.Overtaken.class);
        assertThat(stock(List.of(five)).take(List.of(need(0, SHIRT, 6)))).isEqualTo(refused(0, 6, 2, Reason.TOO_FEW));
    }

    @Test
    void givenOthersEmptiedAsManyAsWereChosen_thenWhatIsBehindThemIsToBeChosen() {
        var emptied = levels(FreeStock.LEVELS_OF_A_LINE - 1).stream()
                .map(one -> taken(one, 1))
                .toList();
        var asMany = Stream.concat(emptied.stream(), Stream.of(taken(level(SHIRT, 1, 1, 0), 1)))
                .toList();

        assertThat(stock(emptied, need(0, SHIRT, 1_000)).take(List.of(need(0, SHIRT, 1_000))))
                .isEqualTo(refused(0, 1_000, 99, Reason.TOO_FEW));
        assertThatThrownBy(() -> stock(asMany, need(0, SHIRT, 1_000)).take(List.of(need(0, SHIRT, 1_000))))
                .isInstanceOf(TransactionFailure.Overtaken.class);
    }

    @Test
    void givenOthersTookOfWhatIsOnlyGivenBack_thenThatServesNobody() {
        var replaced = taken(level(SHIRT, 5, 5, 0), 0);

        assertThat(stock(List.of(replaced)).take(List.of(need(0, SHIRT, 1))))
                .isEqualTo(refused(0, 1, 0, Reason.TOO_FEW));
    }

    /** As it was chosen for these, or for one line of each article. */
    private static FreeStock stock(List<PlacedLevel> locked, Need... needs) {
        var lines = needs.length == 0 ? List.of(need(0, SHIRT, 1), need(0, SHOE, 1)) : List.of(needs);
        return new FreeStock(Choice.of(lines, Breadth.USUAL), locked);
    }

    /** One unit each. */
    private static List<PlacedLevel> levels(int many) {
        return IntStream.range(0, many).mapToObj(i -> level(SHIRT, 1, 0, i)).toList();
    }

    private static PlacedLevel taken(PlacedLevel now, long seen) {
        return new PlacedLevel(now.level(), now.position(), seen);
    }

    private static Need need(int line, UUID variant, long quantity) {
        return new Need(line, variant, "SKU", quantity, null);
    }

    private static Hold hold(int line, PlacedLevel from, long quantity) {
        var level = from.level();
        return new Hold(
                line, level.id(), level.locationId(), level.lotCode(), level.variantId(), "SKU", quantity, false);
    }

    private static PlacedLevel level(UUID variant, long onHand, long reserved, int position) {
        return level(variant, UUID.randomUUID(), null, false, onHand, reserved, position);
    }

    private static PlacedLevel lot(UUID location, int position, String code, int day, boolean expired, long onHand) {
        return level(SHIRT, location, new Lot(code, LocalDate.of(2030, 1, day)), expired, onHand, 0, position);
    }

    private static PlacedLevel level(
            UUID variant, UUID location, @Nullable Lot lot, boolean expired, long onHand, long reserved, int position) {
        return new PlacedLevel(
                new StockLevel(
                        UUID.randomUUID(),
                        variant,
                        UUID.randomUUID(),
                        "SKU",
                        location,
                        lot,
                        false,
                        expired,
                        onHand,
                        reserved,
                        1),
                position,
                expired ? 0 : onHand - reserved);
    }
}
