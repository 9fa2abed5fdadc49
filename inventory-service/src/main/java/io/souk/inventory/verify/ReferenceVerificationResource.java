package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/stock/reference-verifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Verification", description = "Whether the books agree")
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
            summary = "Verify what the inventory refers to",
            description =
                    "Looks up the variants of a part of the tenant's levels that have units, units on their way, tracked variants, lines of"
                            + " open purchase orders and packs, as the catalogue told them: archived products are there, deleted"
                            + " ones are findings. An archived pack needs its variant no more. Ask again with `next` as `cursor`"
                            + " until there is none.")
    public Uni<ReferenceReport> verify(@RestQuery @Nullable String cursor) {
        return verifyReferences.verify(caller.tenant(), cursor);
    }
}
