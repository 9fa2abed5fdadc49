package io.souk.chaos.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What became of a promise.
 *
 * @param checked how many cases were looked at
 * @param violated how many of them break it
 * @param first what the first of those were
 */
public record Verdict(long checked, long violated, List<String> first) {
    /** More would not be read. */
    public static final int SHOWN = 5;

    public Verdict {
        first = List.copyOf(first);
    }

    /** Up to how often the promise is broken, with 95 % confidence, when no case breaks it: 3/N. One when nothing was looked at. */
    public double bound() {
        return checked == 0 ? 1 : Math.min(1, 3.0 / checked);
    }

    /** Counts cases. For one thread. */
    static final class Count {
        private long checked;
        private long violated;
        private final List<String> first = new ArrayList<>();

        /** One more case, and what is wrong with it unless {@code kept}. */
        void that(boolean kept, Supplier<String> wrong) {
            checked++;
            if (!kept) {
                violated++;
                if (first.size() < SHOWN) {
                    first.add(wrong.get());
                }
            }
        }

        Verdict verdict() {
            return new Verdict(checked, violated, first);
        }
    }
}
