package io.souk.kit.redis;

/** Whether Redis can be used, as seen by this process. */
public enum RedisState {
    /** Commands are sent. */
    READY,
    /** Connected, but it answers too late: nothing is sent but a probe now and then. */
    SLOW,
    /** Not connected; a connection is tried again and again. */
    AWAY,
    /** Connected, but it may evict keys that must not be: its {@code maxmemory-policy} is neither volatile nor noeviction. */
    UNFIT
}
