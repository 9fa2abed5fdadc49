package io.souk.testing.architecture.broken.resource;

import jakarta.ws.rs.Path;

@Path("/shelves")
final class Shelves {
    final Transactions transactions = new Transactions();
}
