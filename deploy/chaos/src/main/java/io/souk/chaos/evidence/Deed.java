package io.souk.chaos.evidence;

import java.util.Locale;

/** What the suite's clients write. */
public enum Deed {
    CREATE,
    EDIT,
    PUBLISH,
    PRICE,
    RECEIVE,
    DELETE,
    ORDER,
    OPEN_CART,
    ADD,
    MERGE,
    TAKE_PRICES,
    CHECK_OUT,
    RESERVE,
    RENEW,
    RELEASE,
    CONFIRM,
    SHIP,
    CANCEL,
    CAPTURE,
    REFUND,
    FULFIL,
    DELIVER;

    /** As an operation's action says it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
