package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.Reach;
import io.souk.inventory.unit.FindUnits.Wanted;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.QueryWord;
import io.souk.kit.http.Versioned;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.sku.Sku;
import io.souk.kit.token.Caller;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/units")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Units", description = "Goods of which each is known: serial number, condition, cost, where it stands")
class UnitResource {
    private static final String KEY = "Of your choice, 1 to 255 characters; kept for 24 hours";
    private static final String REFUSED =
            "Something names no known variant, location or supplier, a variant that is not tracked by unit, or breaks a rule: each"
                    + " field is named; or the key belongs to another request";

    private final CurrentCaller caller;
    private final AcceptUnits acceptUnits;
    private final ChangeUnit changeUnit;
    private final FindUnits findUnits;

    UnitResource(CurrentCaller caller, AcceptUnits acceptUnits, ChangeUnit changeUnit, FindUnits findUnits) {
        this.caller = caller;
        this.acceptUnits = acceptUnits;
        this.changeUnit = changeUnit;
        this.findUnits = findUnits;
    }

    /** The shape of a list, for the API document. */
    record UnitPage(List<UnitView> items, @Nullable String next) {}

    @POST
    @Path("receipts")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Book units that arrived, or are on their way",
            description =
                    "1 to 500, all or none. What is not INCOMING is on hand at once. With a `purchase`, which takes units that are"
                            + " AVAILABLE alone, they are bought of a supplier, too. A SKU that the catalogue has just announced"
                            + " is waited for, up to a second.")
    @APIResponseSchema(value = UnitBookingView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(
            responseCode = "409",
            description =
                    "A unit of the variant has the serial number already; the purchase order is closed; or the same"
                            + " key is under way")
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> receive(
            @Parameter(required = true, description = KEY, example = "units-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable UnitReceiptRequest body) {
        return acceptUnits.receipt(forTenant(), key, present(body)).map(Answer::toResponse);
    }

    @POST
    @Path("transfers")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Move units to another location",
            description = "1 to 500, all at one moment or none; only what is here and free.")
    @APIResponseSchema(value = UnitBookingView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(
            responseCode = "409",
            description = "A unit is promised or not here; too few would stay for open reservations; or the same key is"
                    + " under way")
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> transfer(
            @Parameter(required = true, description = KEY, example = "unit-transfer-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable UnitTransferRequest body) {
        return acceptUnits.transfer(forTenant(), key, present(body)).map(Answer::toResponse);
    }

    @POST
    @Path("counts")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Book a count by serial numbers",
            description =
                    "Of one variant at one location. What should be there and was not named is CANCELLED; what was named and should"
                            + " not be there is told, and nothing of it is booked. What is missing and promised cannot be booked: release"
                            + " first.")
    @APIResponseSchema(value = UnitCountView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(responseCode = "409", description = "What is missing is promised; or the same key is under way")
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> count(
            @Parameter(required = true, description = KEY, example = "unit-count-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable UnitCountRequest body) {
        return acceptUnits.count(forTenant(), key, present(body)).map(Answer::toResponse);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "List units",
            description =
                    "In the order in which they were made: of a variant, in a status, of a reservation, with a serial number, or all."
                            + " Only variant and status go together. What they cost is told to whoever may book units. A merchant"
                            + " sees those at its vendor's locations, or that lay there last.")
    @APIResponseSchema(UnitPage.class)
    @APIResponse(responseCode = "422", description = "More is asked for than goes together, or no SKU")
    public Uni<Response> list(
            @Parameter(description = "Those of this variant alone", example = "DD1391-100-EU42") @RestQuery @Nullable
                    String sku,
            @Parameter(description = "Those of this variant alone") @RestQuery @Nullable UUID variantId,
            @Parameter(description = "Those that stand there", schema = @Schema(implementation = UnitStatus.class))
                    @RestQuery
                    @Nullable
                    String status,
            @Parameter(description = "Those that are promised to it, or went to it") @RestQuery @Nullable
                    UUID reservationId,
            @Parameter(description = "As it is written on the unit; neither case nor form of its letters matters")
                    @RestQuery
                    @Nullable
                    String serialNumber,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        var who = caller.get();
        return findUnits
                .list(
                        Reach.of(who),
                        wanted(
                                sku,
                                variantId,
                                QueryWord.parsed(UnitStatus.class, "status", status),
                                reservationId,
                                serialNumber),
                        Limit.of(limit),
                        cursor)
                .map(page -> Pages.respond(page.map(unit -> UnitView.of(who, unit)), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read a unit",
            description =
                    "What it cost is told to whoever may book units. A merchant reads those at its vendor's locations.")
    @APIResponseSchema(UnitView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        var who = caller.get();
        return findUnits.one(Reach.of(who), id).map(unit -> Versioned.ok(unit.version(), UnitView.of(who, unit), seen));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Describe a unit anew",
            description = "All of what it is: serial number, condition, cost, when it was acquired.")
    @APIResponseSchema(UnitView.class)
    @APIResponse(responseCode = "409", description = "Another unit of the variant has the serial number")
    @APIResponse(responseCode = "422", description = "It breaks a rule: each field is named")
    public Uni<Response> describe(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Nullable UnitRequest body) {
        long seen = Preconditions.requireIfMatch(ifMatch);
        return changeUnit.describe(forTenant(), id, seen, present(body).valid()).map(UnitResource::ok);
    }

    @POST
    @Path("{id}/status")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Say where a unit stands",
            description =
                    "INCOMING to AVAILABLE (it is here: a `purchase` may say of whom it was bought) or CONSIGNED, CANCELLED (it never came); AVAILABLE and CONSIGNED to each other,"
                            + " or to CANCELLED with a reason; NEED_SHIPPING to PACKED and back; OUTGOING to"
                            + " SALE_COMPLETED (it has arrived); OUTGOING, SALE_COMPLETED and CANCELLED to AVAILABLE or CONSIGNED (it"
                            + " came back). The rest follows from reservations. What changes what is on hand is"
                            + " in the ledger. One that stands there already stays as it is.")
    @APIResponseSchema(UnitView.class)
    @APIResponse(
            responseCode = "409",
            description =
                    "Its status, told as `current`, does not allow it; all that is there is promised; or the purchase order is"
                            + " closed")
    @APIResponse(responseCode = "422", description = "A field is bad, or the variant is not tracked by unit any more")
    public Uni<Response> status(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Nullable UnitStatusRequest body) {
        long seen = Preconditions.requireIfMatch(ifMatch);
        return changeUnit.to(forTenant(), id, seen, present(body).valid()).map(UnitResource::ok);
    }

    /** Whoever works for the tenant: a merchant books no units, whatever else it may do. */
    private Caller forTenant() {
        var who = caller.get();
        if (!Reach.of(who).isWhole()) {
            throw FORBIDDEN.because("Units are booked by who works for the tenant");
        }
        return who;
    }

    private static Wanted wanted(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable UnitStatus status,
            @Nullable UUID reservationId,
            @Nullable String serialNumber) {
        boolean ofVariant = sku != null || variantId != null;
        int ways = (ofVariant || status != null ? 1 : 0)
                + (reservationId != null ? 1 : 0)
                + (serialNumber != null ? 1 : 0);
        if (ways > 1 || (sku != null && variantId != null)) {
            throw INVALID.because("Ask for a variant and a status, for a reservation, or for a serial number");
        }
        if (reservationId != null) {
            return new Wanted.OfReservation(reservationId);
        }
        if (serialNumber != null) {
            return new Wanted.WithSerial(serialNumber);
        }
        if (ofVariant) {
            return new Wanted.OfVariant(named(sku, variantId), status);
        }
        return status == null ? new Wanted.All() : new Wanted.InStatus(status);
    }

    private static VariantName named(@Nullable String sku, @Nullable UUID variantId) {
        var fault = sku == null ? null : Sku.fault(sku);
        if (fault != null) {
            throw INVALID.because("The list breaks a rule").parameter("sku", fault);
        }
        return VariantName.of(sku, variantId);
    }

    private static Response ok(Unit unit) {
        return Versioned.ok(unit.version(), UnitView.of(unit));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return body;
    }
}
