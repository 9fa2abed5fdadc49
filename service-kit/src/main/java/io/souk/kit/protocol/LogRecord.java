package io.souk.kit.protocol;

/** What a record of a topic says (the protocol, sections 3 to 5). {@code C} is a change in the form in which it is applied. */
public sealed interface LogRecord<C> {
    /** A version of an aggregate: its state, a delete marker, or the null tombstone of a purge. */
    record Change<C>(C change) implements LogRecord<C> {}

    /** Every event of a commit before the watermarks lies before this record. */
    record Heartbeat<C>(Watermarks watermarks) implements LogRecord<C> {}

    /** A change whose state cannot be decoded, while key and order can: nothing older may be served any more. */
    record Undecodable<C>(C invalid) implements LogRecord<C> {}

    /** Neither key nor order can be read. What it would have replaced is not known, so nothing after it may be applied. */
    record Unreadable<C>() implements LogRecord<C> {}
}
