package io.souk.inventory.unit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;

import static org.assertj.core.api.Assertions.assertThat;

class UnitStepTest {
    @ParameterizedTest
    @CsvSource({
        "INCOMING, AVAILABLE, ARRIVE",
        "INCOMING, CONSIGNED, ARRIVE",
        "INCOMING, CANCELLED, RELABEL",
        "AVAILABLE, CONSIGNED, RELABEL",
        "CONSIGNED, AVAILABLE, RELABEL",
        "AVAILABLE, CANCELLED, WRITE_OFF",
        "CONSIGNED, CANCELLED, WRITE_OFF",
        "AVAILABLE, NEED_SHIPPING, PROMISE",
        "CONSIGNED, NEED_SHIPPING, PROMISE",
        "NEED_SHIPPING, PACKED, RELABEL",
        "PACKED, NEED_SHIPPING, RELABEL",
        "NEED_SHIPPING, AVAILABLE, GIVE_BACK",
        "PACKED, CONSIGNED, GIVE_BACK",
        "NEED_SHIPPING, OUTGOING, SHIP",
        "PACKED, OUTGOING, SHIP",
        "OUTGOING, SALE_COMPLETED, DELIVER",
        "OUTGOING, AVAILABLE, COME_BACK",
        "SALE_COMPLETED, AVAILABLE, COME_BACK",
        "SALE_COMPLETED, CONSIGNED, COME_BACK",
        "CANCELLED, AVAILABLE, FIND",
        "CANCELLED, CONSIGNED, FIND"
    })
    void aStepIsWhatItMeans(UnitStatus from, UnitStatus to, UnitStep step) {
        assertThat(UnitStep.of(from, to)).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({
        "INCOMING, PACKED",
        "AVAILABLE, INCOMING",
        "AVAILABLE, PACKED",
        "AVAILABLE, OUTGOING",
        "NEED_SHIPPING, CANCELLED",
        "PACKED, SALE_COMPLETED",
        "OUTGOING, CANCELLED",
        "SALE_COMPLETED, OUTGOING",
        "CANCELLED, INCOMING",
        "CANCELLED, NEED_SHIPPING"
    })
    void whatCannotHappenIsNoStep(UnitStatus from, UnitStatus to) {
        assertThat(UnitStep.of(from, to)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whereItStandsItStays(UnitStatus status) {
        assertThat(UnitStep.of(status, status)).isEqualTo(UnitStep.NOTHING);
    }

    /** So the books can follow: what is present afterwards is one more or less, or as many. */
    @Test
    void eachStepMovesWhatIsOnHandAsItSays() {
        for (var from : UnitStatus.values()) {
            for (var to : UnitStatus.values()) {
                var step = UnitStep.of(from, to);
                if (step != null) {
                    int moved = (to.isPresent() ? 1 : 0) - (from.isPresent() ? 1 : 0);
                    assertThat(moved)
                            .as("%s to %s", from, to)
                            .isEqualTo(
                                    switch (step) {
                                        case ARRIVE, FIND, COME_BACK -> 1;
                                        case WRITE_OFF, SHIP -> -1;
                                        case NOTHING, RELABEL, PROMISE, GIVE_BACK, DELIVER -> 0;
                                    });
                }
            }
        }
    }

    /** Whoever belongs to a reservation gets there and away by it alone. */
    @Test
    void peopleTakeNothingFromAReservation_andGiveItNothing() {
        for (var from : UnitStatus.values()) {
            for (var to : UnitStatus.values()) {
                var step = UnitStep.of(from, to);
                if (step != null && step.isSaidByPeople() && from.isPresent()) {
                    assertThat(to.isSomebodys()).as("%s to %s", from, to).isEqualTo(from.isSomebodys());
                }
            }
        }
        assertThat(EnumSet.allOf(UnitStatus.class))
                .filteredOn(UnitStatus::isFree)
                .hasSize(2);
    }
}
