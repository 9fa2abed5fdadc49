package io.souk.testing.architecture.broken.endpoint;

import jakarta.ws.rs.HEAD;

/** Whoever implements it serves what is annotated here. */
public interface OpenContract {
    @HEAD
    String look();
}
