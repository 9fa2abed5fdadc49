package io.souk.catalog.input;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is wrong with one field; {@code pointer} is a JSON Pointer (RFC 6901) into the document that was sent. */
@RegisterForReflection
public record Fault(String pointer, String detail) {}
