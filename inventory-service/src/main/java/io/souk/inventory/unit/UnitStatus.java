package io.souk.inventory.unit;

/** Where a unit stands. Names are public: they are in the API and in events. */
public enum UnitStatus {
    /** Bought, and not here yet. */
    INCOMING(false, false),
    /** Here, for sale. */
    AVAILABLE(true, false),
    /** Here, for sale, and somebody else's until it is sold. */
    CONSIGNED(true, false),
    /** Here, and promised to a confirmed reservation. */
    NEED_SHIPPING(true, true),
    /** As {@link #NEED_SHIPPING}, and in its parcel. */
    PACKED(true, true),
    /** On its way to whoever bought it. */
    OUTGOING(false, true),
    /** With whoever bought it. */
    SALE_COMPLETED(false, true),
    /** Gone without being sold: lost, damaged, never delivered. */
    CANCELLED(false, false);

    private final boolean present;
    private final boolean somebodys;

    UnitStatus(boolean present, boolean somebodys) {
        this.present = present;
        this.somebodys = somebodys;
    }

    /** Whether its level counts it as on hand. */
    boolean isPresent() {
        return present;
    }

    /** Whether it belongs to a reservation. */
    boolean isSomebodys() {
        return somebodys;
    }

    /** Whether it can be promised. */
    boolean isFree() {
        return present && !somebodys;
    }
}
