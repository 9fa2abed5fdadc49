package io.souk.kit.page;

import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.INVALID;

/** How many items a page holds at most. */
public record Limit(int value) {
    public static final int DEFAULT = 50;
    public static final int MAX = 200;

    public Limit {
        if (value < 1 || value > MAX) {
            throw INVALID.because("A page holds 1 to " + MAX + " items")
                    .parameter("limit", "must be between 1 and " + MAX);
        }
    }

    /** What was asked for, or {@value #DEFAULT}; 422 outside of 1 to {@value #MAX}. */
    public static Limit of(@Nullable Integer asked) {
        return new Limit(asked == null ? DEFAULT : asked);
    }

    /** One more than the page holds: the extra row tells whether there is a next page. */
    public int probe() {
        return value + 1;
    }
}
