package io.souk.kit.convention;

import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import java.util.Map;

@Path("/v1/admin/state")
@RolesAllowed(Roles.OPERATOR)
public class AdminResource {
    private final CurrentCaller caller;

    AdminResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    public Map<String, String> state() {
        return Map.of("subject", caller.get().subject());
    }

    @GET
    @Path("tenant")
    public Map<String, String> tenant() {
        return Map.of("tenant", caller.tenant().value());
    }
}
