package io.souk.inventory.unit;

/** What it is like. Names are public: they are in the API and in events. */
public enum UnitCondition {
    NEW,
    LIKE_NEW,
    USED_EXCELLENT,
    USED_GOOD,
    USED_FAIR,
    /** Never used, and not made any more. */
    DEADSTOCK
}
