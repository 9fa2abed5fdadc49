package io.souk.kit.caches;

/** What a job does to the entries that are meant. */
enum CacheAction {
    /** Deletes their data; the next reader fills them. */
    CLEAR,
    /** Fills them from the tables. */
    REWARM
}
