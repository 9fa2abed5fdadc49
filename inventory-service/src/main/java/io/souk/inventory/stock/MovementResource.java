package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.Reach;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.sku.Sku;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;

import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/stock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Movements", description = "The ledger: all that changed what is on hand, and why")
class MovementResource {
    private static final String KEY = "Of your choice, 1 to 255 characters; kept for 24 hours";
    private static final String REFUSED =
            "A line names no known variant or location, or breaks a rule; or the key belongs to another request";
    private static final String PROMISED = "A line would take units that are reserved; or the same key is under way";

    private final CurrentCaller caller;
    private final AcceptBooking acceptBooking;
    private final FindMovements findMovements;

    MovementResource(CurrentCaller caller, AcceptBooking acceptBooking, FindMovements findMovements) {
        this.caller = caller;
        this.acceptBooking = acceptBooking;
        this.findMovements = findMovements;
    }

    /** The shape of a list, for the API document. */
    record MovementPage(List<MovementView> items, @Nullable String next) {}

    @POST
    @Path("receipts")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Book goods that arrived",
            description =
                    "All lines or none. A SKU that the catalogue has just announced is waited for, up to a second.")
    @APIResponseSchema(value = BookingView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> receive(
            @Parameter(required = true, description = KEY, example = "receipt-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable ReceiptRequest body) {
        return acceptBooking.receipt(caller.get(), key, present(body)).map(Answer::toResponse);
    }

    @POST
    @Path("adjustments")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Adjust stock",
            description =
                    "There is more, or less, than was thought, and why. All lines or none; what is reserved stays."
                            + " What the catalogue has deleted can only become less, by its `variantId`.")
    @APIResponseSchema(value = BookingView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(responseCode = "409", description = PROMISED)
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> adjust(
            @Parameter(required = true, description = KEY, example = "adjustment-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable AdjustmentRequest body) {
        return acceptBooking.adjustment(caller.get(), key, present(body)).map(Answer::toResponse);
    }

    @POST
    @Path("transfers")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Move stock to another location",
            description =
                    "In one transaction: no unit is at both places or at none. All lines or none; what is reserved stays.")
    @APIResponseSchema(value = BookingView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(responseCode = "409", description = PROMISED)
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> transfer(
            @Parameter(required = true, description = KEY, example = "transfer-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable TransferRequest body) {
        return acceptBooking.transfer(caller.get(), key, present(body)).map(Answer::toResponse);
    }

    @POST
    @Path("counts")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Book a stock count",
            description =
                    "Books the difference between what was counted and what was thought. All lines or none; fewer than"
                            + " are reserved cannot be booked: release first. What the catalogue has deleted can only"
                            + " become less, by its `variantId`.")
    @APIResponseSchema(value = BookingView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(responseCode = "409", description = PROMISED)
    @APIResponse(responseCode = "422", description = REFUSED)
    public Uni<Response> count(
            @Parameter(required = true, description = KEY, example = "count-2026-01-17-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Nullable CountRequest body) {
        return acceptBooking.count(caller.get(), key, present(body)).map(Answer::toResponse);
    }

    @GET
    @Path("movements")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read the ledger",
            description =
                    "Newest first; of the SKUs asked for, at most 200, or of all. The sum of a level's movements is"
                            + " what is on hand. A merchant sees those at its own vendor's locations.")
    @APIResponseSchema(MovementPage.class)
    public Uni<Response> list(
            @Parameter(description = "SKUs, parted by commas", example = "DD1391-100-EU41") @RestQuery @Nullable
                    String sku,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        var skus = sku == null ? List.<Sku>of() : SkuList.of(sku);
        return findMovements
                .list(Reach.of(caller.get()), skus, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page, uri));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return body;
    }
}
