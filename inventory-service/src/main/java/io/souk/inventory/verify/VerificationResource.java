package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/stock/verifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Verification", description = "Whether the books agree")
class VerificationResource {
    private final CurrentCaller caller;
    private final VerifyInventory verifyInventory;

    VerificationResource(CurrentCaller caller, VerifyInventory verifyInventory) {
        this.caller = caller;
        this.verifyInventory = verifyInventory;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Verify the inventory",
            description =
                    "Proves a part of the tenant's levels, reservations and purchases: on hand is the sum of the ledger, reserved"
                            + " what live reservations hold, nothing is held for nobody, what was shipped has left, and what was bought"
                            + " has come; where units are tracked, on hand is how many are present, and a reservation has its own. Ask again with `next` as"
                            + " `cursor` until there is none. `repair=true` puts right what can be: the ledger and the reservations"
                            + " are believed, units that are present more than the ledger; the level follows, and its event tells"
                            + " it.")
    public Uni<VerificationReport> verify(
            @Parameter(description = "Whether to repair what is found") @DefaultValue("false") @RestQuery
                    boolean repair,
            @RestQuery @Nullable String cursor) {
        return verifyInventory.verify(caller.get(), cursor, repair);
    }
}
