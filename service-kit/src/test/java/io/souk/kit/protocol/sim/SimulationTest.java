package io.souk.kit.protocol.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole protocol under everything that may strike it. A failing schedule is printed step by step; it runs alone with
 * {@code -Dsouk.sim.seed=<seed> -Dsouk.sim.scenario=<scenario>}, and with {@code -Dsouk.sim.first=<seed>} other schedules
 * are tried than the usual ones.
 */
class SimulationTest {
    private static final int SCHEDULES = 100_000;

    /** What all of them may take; they take some four. */
    private static final int SECONDS = 90;

    @Test
    @Timeout(SECONDS)
    void givenManySchedules_thenNoInvariantBreaks() {
        var wrong = schedules()
                .parallel()
                .mapToObj(SimulationTest::schedule)
                .filter(schedule -> schedule.run() != null)
                .findAny();

        assertThat(wrong.map(Schedule::explain)).isEmpty();
    }

    private static LongStream schedules() {
        var alone = Long.getLong("souk.sim.seed");
        long first = Long.getLong("souk.sim.first", 0);
        return alone == null ? LongStream.range(first, first + SCHEDULES) : LongStream.of(alone);
    }

    /** The scenarios in turn, unless one is named. */
    private static Schedule schedule(long seed) {
        var scenarios = Scenario.values();
        var named = System.getProperty("souk.sim.scenario");
        var scenario = named == null ? scenarios[Math.floorMod(seed, scenarios.length)] : Scenario.valueOf(named);
        return new Schedule(seed, scenario, Set.of(), EnumSet.allOf(Invariant.class));
    }
}
