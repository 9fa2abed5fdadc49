package io.souk.orders.reference;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/orders/reference-verifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Order verification", description = "Whether orders, payments and carts agree")
class ReferenceVerificationResource {
    private final CurrentCaller caller;
    private final VerifyReferences verifyReferences;

    ReferenceVerificationResource(CurrentCaller caller, VerifyReferences verifyReferences) {
        this.caller = caller;
        this.verifyReferences = verifyReferences;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Verify what orders refer to",
            description =
                    "Looks up in the catalogue what a part of the tenant's orders is about, but for orders that ended without success."
                            + " Archived products are there; deleted ones are findings. `confirmed` is for inventory's"
                            + " `POST /v1/reservations/order-verifications`. Ask again with `next` as `cursor` until there"
                            + " is none.")
    public Uni<ReferenceReport> verify(
            @RestQuery @Nullable String cursor,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        return verifyReferences.verify(caller.get().tenant(), cursor, authorization);
    }
}
