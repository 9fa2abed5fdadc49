package io.souk.orders.reference;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/orders/reservation-verifications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Order verification", description = "Whether orders, payments and carts agree")
class ReservationVerificationResource {
    private final CurrentCaller caller;
    private final VerifyReservations verifyReservations;

    ReservationVerificationResource(CurrentCaller caller, VerifyReservations verifyReservations) {
        this.caller = caller;
        this.verifyReservations = verifyReservations;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Verify reservations against their orders",
            description =
                    "Takes `reservations` as `POST /v1/reservations/reference-verifications` answers them, and finds those whose order there is"
                            + " not, ended without its goods, or has had them sent. What an order has become within the last minutes is"
                            + " no finding: its reservation may follow yet.")
    public Uni<ReservationReport> verify(@NotNull @Valid HeldForOrders held) {
        return verifyReservations.verify(caller.tenant(), held.reservations());
    }
}
