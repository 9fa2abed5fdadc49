package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Verification", description = "Whether the books agree")
class OrderVerificationResource {
    private final CurrentCaller caller;
    private final VerifyOrders verifyOrders;

    OrderVerificationResource(CurrentCaller caller, VerifyOrders verifyOrders) {
        this.caller = caller;
        this.verifyOrders = verifyOrders;
    }

    @POST
    @Path("reference-verifications")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Tell what is held for orders",
            description =
                    "A part of the tenant's reservations: those of orders that are OPEN or CONFIRMED, unless they have changed within the"
                            + " last minutes. `reservations` is for orders' `POST /v1/orders/reservation-verifications`. Ask again"
                            + " with `next` as `cursor` until there is none.")
    public Uni<HeldReport> held(@RestQuery @Nullable String cursor) {
        return verifyOrders.held(caller.tenant(), cursor);
    }

    @POST
    @Path("order-verifications")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Verify confirmed orders against their reservations",
            description =
                    "Takes `confirmed` as `POST /v1/orders/reference-verifications` answers it, and finds the orders for which no"
                            + " stock is held. What a reservation has become within the last minutes is no finding: its order may"
                            + " follow yet.")
    public Uni<OrderReport> verify(@Nullable ConfirmedOrders orders) {
        return verifyOrders.verify(caller.tenant(), ConfirmedOrders.valid(orders));
    }
}
