package io.souk.inventory.stock;

/** Why somebody says that there is more or less than the ledger thought. Names are public: they are in the API. */
public enum AdjustmentReason {
    DAMAGED,
    EXPIRED,
    LOST,
    STOLEN,
    FOUND,
    GIVEN_AWAY,
    RETURNED,
    CORRECTION
}
