package io.souk.inventory.location;

/**
 * A location as a request means it.
 *
 * @param field where the request says so, as a JSON Pointer
 */
public record NamedLocation(String code, String field) {}
