package io.souk.chaos.fault;

import java.util.Objects;

/** What a failure says, for people. */
final class Words {
    private Words() {}

    /** Its message; where it has none, what kind of failure it is. */
    static String of(Throwable failure) {
        return Objects.requireNonNullElseGet(
                failure.getMessage(), () -> failure.getClass().getSimpleName());
    }
}
