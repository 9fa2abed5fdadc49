package io.souk.kit.retelling;

import java.time.Duration;
import java.util.Map;

/**
 * What one step has done of a part.
 *
 * @param next where the next one goes on
 * @param over whether the part is done
 * @param counts added to the job's
 * @param pause before the next one; zero to go on
 */
record Stretch(Cursor next, boolean over, Map<String, Long> counts, Duration pause) {
    static Stretch over(Map<String, Long> counts) {
        return new Stretch(Cursor.START, true, counts, Duration.ZERO);
    }

    static Stretch goOn(Cursor next, Map<String, Long> counts) {
        return new Stretch(next, false, counts, Duration.ZERO);
    }

    /** Nothing was done, for a reason that passes by itself. */
    static Stretch later(Cursor same, Duration pause) {
        return new Stretch(same, false, Map.of(), pause);
    }
}
