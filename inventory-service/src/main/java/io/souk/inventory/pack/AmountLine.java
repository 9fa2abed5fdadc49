package io.souk.inventory.pack;

/** A line of a request that says how much of what. */
public interface AmountLine {
    Amount amount();

    /** Where in the request it stands, as a JSON Pointer. */
    String pointer();
}
