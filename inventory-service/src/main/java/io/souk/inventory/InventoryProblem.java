package io.souk.inventory;

import io.souk.kit.problem.ProblemCode;

/** What this service refuses, beside what every service does. Slugs are public: added, never renamed. See docs/errors.md. */
public enum InventoryProblem implements ProblemCode {
    UNKNOWN_SKU(422, "unknown-sku", "No such variant"),
    UNKNOWN_GTIN(422, "unknown-gtin", "No such pack"),
    UNKNOWN_LOCATION(422, "unknown-location", "No such location"),
    UNKNOWN_SUPPLIER(422, "unknown-supplier", "No such supplier"),
    UNKNOWN_LOT(422, "unknown-lot", "No such lot"),
    TRACKED_BY_UNIT(422, "tracked-by-unit", "Each unit of the variant is known"),
    NOT_TRACKED_BY_UNIT(422, "not-tracked-by-unit", "The units of the variant are not known one by one"),
    TOO_MUCH_STOCK(422, "too-much-stock", "More units than a stock level can count"),
    LOCATION_CLOSED(409, "location-closed", "The location takes nothing in"),
    LOCATION_NOT_EMPTY(409, "location-not-empty", "Goods are at the location"),
    LOCATION_CODE_TAKEN(409, "location-code-taken", "There is already a location with this code"),
    SUPPLIER_CODE_TAKEN(409, "supplier-code-taken", "There is already a supplier with this code"),
    DUPLICATE_GTIN(409, "duplicate-gtin", "The GTIN is taken"),
    SERIAL_NUMBER_TAKEN(409, "serial-number-taken", "There is already a unit with this serial number"),
    UNIT_STATUS(409, "unit-status", "The unit's status does not allow it"),
    STOCK_NOT_EMPTY(409, "stock-not-empty", "There is stock of the variant"),
    STOCK_PROMISED(409, "stock-promised", "Units that are reserved cannot leave"),
    OUT_OF_STOCK(409, "out-of-stock", "Not enough free stock"),
    RESERVATION_CLOSED(409, "reservation-closed", "The reservation is not open any more"),
    RESERVATION_AT_ITS_LONGEST(409, "reservation-at-its-longest", "The reservation can be held no longer"),
    TOO_MANY_RESERVATIONS(409, "too-many-reservations", "The customer holds as much as one may"),
    RESERVATION_NOT_CONFIRMED(409, "reservation-not-confirmed", "Only what is confirmed is shipped"),
    RESERVATION_OF_ORDER(409, "reservation-of-order", "The reservation follows its order");

    private final int status;
    private final String slug;
    private final String title;

    InventoryProblem(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public String title() {
        return title;
    }
}
