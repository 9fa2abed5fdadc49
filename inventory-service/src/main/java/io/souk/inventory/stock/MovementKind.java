package io.souk.inventory.stock;

/** Why on hand changed. Names are public: they are in the API. */
public enum MovementKind {
    RECEIPT,
    ADJUSTMENT,
    TRANSFER_OUT,
    TRANSFER_IN,
    /** The difference that a stock count found. */
    COUNT,
    /** The units of a reservation left. */
    SHIPMENT
}
