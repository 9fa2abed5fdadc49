package io.souk.kit.changes;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Where a caller wants to begin. */
sealed interface StartAt {
    /** The value of {@code after} that asks for everything. */
    String START = "start";

    /** With what happens from now on. */
    record Now() implements StartAt {}

    /** With the oldest event that the log has. */
    record Beginning() implements StartAt {}

    /** Behind what was read before. */
    record After(FeedCursor cursor) implements StartAt {}

    /**
     * What a request says.
     *
     * @param name of the parameter or header that says it
     * @throws Problem 400 naming it when that is no cursor
     */
    static StartAt of(String name, @Nullable String text) {
        if (text == null) {
            return new Now();
        }
        return text.equals(START) ? new Beginning() : new After(FeedCursor.parse(name, text));
    }
}
