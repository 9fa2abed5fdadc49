package io.souk.chaos.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One aggregate of one tenant, written {@code catalog.product:tenant/id}.
 *
 * @param aggregate service and name, as in the topic after its prefix
 */
public record Thing(String aggregate, String tenant, String id) {
    public static final String PRODUCT = "catalog.product";
    public static final String PRICE = "catalog.price";
    public static final String AVAILABILITY = "catalog.availability";
    public static final String STOCK = "inventory.stock";
    public static final String RESERVATION = "inventory.reservation";
    public static final String ORDER = "orders.order";
    public static final String PAYMENT = "orders.payment";

    @JsonCreator
    public static Thing parse(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/', colon);
        return new Thing(text.substring(0, colon), text.substring(colon + 1, slash), text.substring(slash + 1));
    }

    /** As a record's key has it. */
    public String key() {
        return tenant + "/" + id;
    }

    @JsonValue
    @Override
    public String toString() {
        return aggregate + ":" + key();
    }
}
