package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Versioned;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reservations", description = "What is promised to which order")
class ReservationResource {
    private final CurrentCaller caller;
    private final FindReservation findReservation;

    ReservationResource(CurrentCaller caller, FindReservation findReservation) {
        this.caller = caller;
        this.findReservation = findReservation;
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read a reservation",
            description = "What an order holds, or why it was refused. The order's events name its reservation.")
    @APIResponseSchema(ReservationView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        return findReservation.find(caller.tenant(), id).map(found -> {
            var reservation = found.orElseThrow(() -> NOT_FOUND.because("There is no reservation " + id));
            return Versioned.ok(reservation.version(), reservation, seen);
        });
    }
}
