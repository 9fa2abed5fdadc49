package io.souk.kit.retelling;

/** What a retelling does at the moment, in this order. */
enum RetellingPhase {
    READING_LOG,
    TELLING_ROWS,
    TELLING_LOST
}
