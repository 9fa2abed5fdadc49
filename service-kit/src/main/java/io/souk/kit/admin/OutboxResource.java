package io.souk.kit.admin;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

import static io.souk.kit.problem.KitProblem.INVALID;

@Path("/v1/admin/outbox")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Outbox", description = "Events of this service that are committed and not yet in the log, for operators")
class OutboxResource {
    private static final int MAX_TENANTS = 100;

    private final SeeOutbox outbox;

    OutboxResource(SeeOutbox outbox) {
        this.outbox = outbox;
    }

    @GET
    @Operation(summary = "See the outbox", description = "What waits, for how long, whose it is, and who relays it.")
    @APIResponseSchema(OutboxState.class)
    public Uni<OutboxState> see(
            @RestQuery @DefaultValue("10") @Parameter(description = "How many tenants to name, 0 to 100") int tenants) {
        if (tenants < 0 || tenants > MAX_TENANTS) {
            throw INVALID.because("Up to " + MAX_TENANTS + " tenants can be named")
                    .parameter("tenants", "must be between 0 and " + MAX_TENANTS);
        }
        return outbox.now(tenants);
    }
}
