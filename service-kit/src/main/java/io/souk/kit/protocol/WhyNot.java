package io.souk.kit.protocol;

/** Why a reader may not be given what it found in the cache, or not in silence (the protocol, section 6). */
public enum WhyNot {
    /** Nothing is there. */
    EMPTY,
    /** Something is there, and nobody vouches for it any more. */
    UNPROVEN,
    /** It was right until a moment that is over, or may be by the other clock. */
    EXPIRED,
    /** The own commits are proven, and those of a foreign source are not. */
    LAGGING,
    /** The caller has seen something newer. */
    BEHIND
}
