package io.souk.inventory.unit;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class UnitStepTest {
    private static final String STEPS = """
            from           | INCOMING       | AVAILABLE      | CONSIGNED      | NEED_SHIPPING  | PACKED         | OUTGOING       | SALE_COMPLETED | CANCELLED
            INCOMING       | NOTHING        | ARRIVE         | ARRIVE         | -              | -              | -              | -              | RELABEL
            AVAILABLE      | -              | NOTHING        | RELABEL        | PROMISE        | -              | -              | -              | WRITE_OFF
            CONSIGNED      | -              | RELABEL        | NOTHING        | PROMISE        | -              | -              | -              | WRITE_OFF
            NEED_SHIPPING  | -              | GIVE_BACK      | GIVE_BACK      | NOTHING        | RELABEL        | SHIP           | -              | -
            PACKED         | -              | GIVE_BACK      | GIVE_BACK      | RELABEL        | NOTHING        | SHIP           | -              | -
            OUTGOING       | -              | COME_BACK      | COME_BACK      | -              | -              | NOTHING        | DELIVER        | -
            SALE_COMPLETED | -              | COME_BACK      | COME_BACK      | -              | -              | -              | NOTHING        | -
            CANCELLED      | -              | FIND           | FIND           | -              | -              | -              | -              | NOTHING
            """;

    /** From the status of a line to that of a column; a dash where that cannot happen. */
    @Test
    void eachStepIsWhatItMeans() {
        assertThat(table())
                .isEqualTo(STEPS.lines()
                        .map(line -> Arrays.asList(line.split(" *\\| *")))
                        .toList());
    }

    private static List<List<String>> table() {
        var statuses = List.of(UnitStatus.values());
        return Stream.concat(
                        Stream.of(row("from", statuses.stream().map(UnitStatus::name))),
                        statuses.stream()
                                .map(from -> row(from.name(), statuses.stream().map(to -> step(from, to)))))
                .toList();
    }

    private static List<String> row(String first, Stream<String> others) {
        return Stream.concat(Stream.of(first), others).toList();
    }

    private static String step(UnitStatus from, UnitStatus to) {
        var step = UnitStep.of(from, to);
        return step == null ? "-" : step.name();
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
