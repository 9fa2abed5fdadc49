package io.souk.inventory.pack;

/** Whether people still count by it. Names are public: they are in the API and in events. */
public enum PackStatus {
    ACTIVE,
    ARCHIVED
}
