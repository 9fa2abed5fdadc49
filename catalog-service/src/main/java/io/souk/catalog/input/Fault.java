package io.souk.catalog.input;

/** What is wrong with one field; {@code pointer} is a JSON Pointer (RFC 6901) into the document that was sent. */
public record Fault(String pointer, String detail) {}
