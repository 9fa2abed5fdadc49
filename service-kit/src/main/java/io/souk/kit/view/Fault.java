package io.souk.kit.view;

/** What is wrong with an entry in Redis. */
enum Fault {
    /** It has not the form of an entry. */
    UNREADABLE,
    /** Its version is lower than the row's, or it says that there is no row. */
    BEHIND,
    /** Its version is higher than the row's. */
    AHEAD,
    /** It is the row's version with other bytes, another kind or another end. */
    BYTES,
    /** It claims to be proven for a moment that has not come yet. */
    EARLY,
    /** It is live, and its tenant has no such row. */
    STRAY,
    /** Its floor is not the entry's version, or is higher than the row's. */
    FLOOR
}
