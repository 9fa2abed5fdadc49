package io.souk.kit.protocol.sim;

import java.util.SplittableRandom;

/** Every choice of a schedule, from its seed. */
final class Dice {
    /**
     * Not the generator's own increment (the golden ratio): with that, the dice of a seed would fall like those of the seed before
     * it, but for the first one. This one is a multiplier of L. Steele and S. Vigna (2022).
     */
    private static final long FAR_APART = 0xD1342543DE82EF95L;

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed * FAR_APART + 1);
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
