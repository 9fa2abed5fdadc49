package io.souk.inventory.location;

/** Whether goods may be brought to a location. Names are public: they are in the API and in events. */
public enum LocationStatus {
    OPEN,
    /** Nothing lies there, and nothing is taken in. */
    CLOSED
}
