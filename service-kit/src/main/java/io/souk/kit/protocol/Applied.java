package io.souk.kit.protocol;

/** What {@code apply} answers to one record (the protocol, section 4). */
public sealed interface Applied {
    /** The position has moved to the record. */
    record Ok() implements Applied {}

    /** The position is elsewhere: writes were lost, or another updater was faster. */
    record Gap(Position found) implements Applied {}

    /** The generation has no position. */
    record Gone() implements Applied {}

    /** It may have been applied or not. */
    record NoAnswer() implements Applied {}
}
