package io.souk.testing.architecture.broken.endpoint;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/open")
public final class OpenResource {
    @GET
    public String open() {
        return "anyone";
    }
}
