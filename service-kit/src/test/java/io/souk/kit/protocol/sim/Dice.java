package io.souk.kit.protocol.sim;

import java.util.SplittableRandom;

/** Every choice of a schedule, from its seed. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    long bits() {
        return random.nextLong();
    }
}
