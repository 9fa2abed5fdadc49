package io.souk.inventory.supplier;

/** Whether it is bought of. Names are public: they are in the API. */
public enum SupplierStatus {
    ACTIVE,
    ARCHIVED
}
