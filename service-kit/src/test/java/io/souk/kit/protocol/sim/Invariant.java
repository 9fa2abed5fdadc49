package io.souk.kit.protocol.sim;

/** What holds in every schedule (the protocol, section 8). */
enum Invariant {
    ORDER,
    COMPLETE,
    TRUTH,
    MONOTONE,
    VOUCH,
    BOUND,
    TOKEN,
    CONVERGE,
    DEAD,
    LIST,
    LEASE,
    LOAD,
    ONCE
}
