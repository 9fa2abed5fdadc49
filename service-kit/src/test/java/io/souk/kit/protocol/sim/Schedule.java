package io.souk.kit.protocol.sim;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/** One run of a world, known by its seed. */
record Schedule(long seed, Scenario scenario, Set<Protection> off, Set<Invariant> watched) {
    private static final int FEWEST_STEPS = 90;
    private static final int MORE_STEPS = 90;

    /** What is violated, if anything is. */
    @Nullable
    Violation run() {
        return run(steps(), false).violation;
    }

    private record Outcome(@Nullable Violation violation, String trace) {}

    /** The shortest schedule of the seed that still ends badly, step by step, and how to run it again. */
    String explain() {
        int steps = 0;
        while (steps < steps() && run(steps, false).violation == null) {
            steps++;
        }
        var outcome = run(steps, true);
        return "%s%n%s without %s, seed %d, %d of %d steps; again with -Dsouk.sim.seed=%d -Dsouk.sim.scenario=%s%n%s"
                .formatted(outcome.violation, scenario, off, seed, steps, steps(), seed, scenario, outcome.trace);
    }

    private int steps() {
        return FEWEST_STEPS + Math.floorMod(seed, MORE_STEPS);
    }

    private Outcome run(int steps, boolean traced) {
        var world = new World(this, traced);
        Violation violation = null;
        try {
            world.run(steps);
        } catch (Violation found) {
            violation = found;
        }
        return new Outcome(violation, world.trace == null ? "" : String.join("\n", world.trace));
    }
}
