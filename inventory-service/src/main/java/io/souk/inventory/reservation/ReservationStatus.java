package io.souk.inventory.reservation;

/** Where a reservation stands. Names are public: they are in events. */
public enum ReservationStatus {
    /** Holds its units until its time runs out. */
    OPEN,
    /** Holds its units until they are shipped. */
    CONFIRMED,
    /** Its units have left, for good: they are on hand no longer. */
    SHIPPED,
    /** Gave its units back, or never held any because its order had already ended. */
    RELEASED,
    /** Gave its units back because its time ran out. */
    EXPIRED,
    /** There were too few units; holds nothing. */
    REFUSED
}
