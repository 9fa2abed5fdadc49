package io.souk.kit.deadletter;

/** What became of a dead letter. */
enum DeadLetterState {
    /** It has not had its effect. */
    OPEN,
    /** Its consumer has taken it since. */
    REDRIVEN
}
