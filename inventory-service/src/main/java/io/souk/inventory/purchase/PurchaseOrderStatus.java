package io.souk.inventory.purchase;

/** Whether more is waited for. Names are public: they are in the API. */
enum PurchaseOrderStatus {
    OPEN,
    CLOSED
}
