package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.QueryWord;
import io.souk.kit.http.Versioned;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.Caller;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reservations", description = "What is promised to whom, and for how long")
class ReservationResource {
    private final CurrentCaller caller;
    private final ReserveStock reserveStock;
    private final ChangeReservation changeReservation;
    private final FindReservations findReservations;
    private final ReservationConfig config;

    ReservationResource(
            CurrentCaller caller,
            ReserveStock reserveStock,
            ChangeReservation changeReservation,
            FindReservations findReservations,
            ReservationConfig config) {
        this.caller = caller;
        this.reserveStock = reserveStock;
        this.changeReservation = changeReservation;
        this.findReservations = findReservations;
        this.config = config;
    }

    /** The shape of a list, for the API document. */
    record ReservationPage(
            List<ReservationView> items, @Nullable String next) {}

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE, Roles.CUSTOMER})
    @Operation(
            summary = "Reserve stock",
            description =
                    "All lines or none, until its time runs out. A customer reserves for itself. An owner that changes its"
                            + " mind names the earlier reservation as `replaces`: its units count as free, and it is released"
                            + " if the new one can be made, else stays as it is. An order takes its place by naming it as"
                            + " `reservationId`. A customer holds at most 10,000 units by one reservation and has at most 20 open"
                            + " ones, for 24 hours at the longest, where the shop sets nothing else; who works for the tenant is not"
                            + " bound by that.")
    @APIResponseSchema(value = ReservationView.class, responseCode = "201", responseDescription = "Held")
    @APIResponse(
            responseCode = "409",
            description =
                    "Not enough free stock: `refused` names each short line with what is available; or what is to be replaced"
                            + " is final; or the customer has as many open reservations as one may; or the same key is under way")
    @APIResponse(
            responseCode = "422",
            description =
                    "A line names no known variant or location, or breaks a rule; or a customer asks for more units or a longer time"
                            + " than one may; or the key belongs to another request")
    public Uni<Response> reserve(
            @Parameter(
                            required = true,
                            description = "Of your choice, 1 to 255 characters; kept for 24 hours",
                            example = "cart-4711-3")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable ReservationRequest body) {
        return reserveStock.reserve(admitted(), key, present(body)).map(Answer::toResponse);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READONLY, Roles.SERVICE, Roles.CUSTOMER})
    @Operation(summary = "List reservations", description = "Newest first. A customer sees its own.")
    @APIResponseSchema(ReservationPage.class)
    @APIResponse(responseCode = "400", description = "There is no such status")
    public Uni<Response> list(
            @Parameter(description = "Those of this owner alone", example = "cart-4711") @RestQuery @Nullable
                    String owner,
            @Parameter(
                            description = "Those that stand there alone",
                            schema = @Schema(implementation = ReservationStatus.class))
                    @RestQuery
                    @Nullable
                    String status,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return findReservations
                .list(
                        admitted(),
                        owner,
                        QueryWord.parsed(ReservationStatus.class, "status", status),
                        Limit.of(limit),
                        cursor)
                .map(page -> Pages.respond(page, uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.READONLY, Roles.SERVICE, Roles.CUSTOMER})
    @Operation(
            summary = "Read a reservation",
            description = "What an order or an owner holds, or why an order was refused. An order's events name its"
                    + " reservation. Where each unit of its goods is known, it names those that it has, the first hundred. A customer"
                    + " sees its own.")
    @APIResponseSchema(ReservationView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        return findReservations.find(admitted(), id).map(found -> {
            var reservation = found.orElseThrow(() -> NOT_FOUND.because("There is no reservation " + id));
            // A serial number can be corrected, which is no new version of the reservation.
            return Versioned.ok(reservation.version(), reservation, reservation.units() == null ? seen : null);
        });
    }

    @POST
    @Path("{id}/renew")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE, Roles.CUSTOMER})
    @Operation(
            summary = "Renew a reservation",
            description =
                    "Holds for that long from now on, if it is still open. A customer's renewal never reaches beyond 24 hours, or what"
                            + " the shop sets, from when it was made, or the first of those that it and they replaced:"
                            + " `expiresAt` says until when it holds. Who works for the tenant renews without end.")
    @APIResponseSchema(ReservationView.class)
    @APIResponse(
            responseCode = "409",
            description =
                    "It is not open any more, or it is an order's; or a customer's holds as long as one may already, which is"
                            + " `until` then")
    public Uni<Response> renew(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Nullable RenewalRequest body) {
        return changeReservation
                .renew(
                        admitted(),
                        id,
                        Preconditions.requireIfMatch(ifMatch),
                        present(body).lifetime(config))
                .map(ReservationResource::ok);
    }

    @POST
    @Path("{id}/confirm")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Confirm a reservation",
            description = "From then on it does not run out. One that is confirmed already stays as it is.")
    @APIResponseSchema(ReservationView.class)
    @APIResponse(responseCode = "409", description = "It is not open any more, or it is an order's")
    public Uni<Response> confirm(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
        return changeReservation
                .confirm(admitted(), id, Preconditions.requireIfMatch(ifMatch))
                .map(ReservationResource::ok);
    }

    @POST
    @Path("{id}/release")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE, Roles.CUSTOMER})
    @Operation(
            summary = "Release a reservation",
            description =
                    "Its units are free again. One that is released already stays as it is. A customer releases what"
                            + " is open; what is confirmed, only who works for the tenant.")
    @APIResponseSchema(ReservationView.class)
    @APIResponse(responseCode = "409", description = "It has ended another way, or it is an order's")
    public Uni<Response> release(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
        return changeReservation
                .release(admitted(), id, Preconditions.requireIfMatch(ifMatch))
                .map(ReservationResource::ok);
    }

    @POST
    @Path("{id}/ship")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Ship a reservation",
            description =
                    "Its units leave: they are on hand no longer, and the ledger has a SHIPMENT of each of its lines. One that"
                            + " is shipped already stays as it is.")
    @APIResponseSchema(ReservationView.class)
    @APIResponse(responseCode = "409", description = "It is not confirmed, or it is an order's")
    public Uni<Response> ship(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
        return changeReservation
                .ship(admitted(), id, Preconditions.requireIfMatch(ifMatch))
                .map(ReservationResource::ok);
    }

    private Caller admitted() {
        return Owners.admitted(caller.get());
    }

    private static Response ok(ReservationView reservation) {
        return Versioned.ok(reservation.version(), reservation);
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return body;
    }
}
