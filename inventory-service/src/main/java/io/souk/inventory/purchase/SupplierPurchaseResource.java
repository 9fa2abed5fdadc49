package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/suppliers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers", description = "From whom goods are bought, when, for how much, and how well that goes")
class SupplierPurchaseResource {
    private final CurrentCaller caller;
    private final FindPurchases findPurchases;

    SupplierPurchaseResource(CurrentCaller caller, FindPurchases findPurchases) {
        this.caller = caller;
        this.findPurchases = findPurchases;
    }

    /** The shape of a list, for the API document. */
    record PurchasePage(List<PurchaseView> items, @Nullable String next) {}

    @GET
    @Path("{id}/purchases")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "List what came of a supplier",
            description = "Newest first: each line of a receipt that named it, with what a unit cost.")
    @APIResponseSchema(PurchasePage.class)
    public Uni<Response> list(
            @RestPath UUID id,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return findPurchases.list(caller.tenant(), id, Limit.of(limit), cursor).map(page -> Pages.respond(page, uri));
    }

    @GET
    @Path("{id}/performance")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Read how a supplier does",
            description =
                    "Between two days, the last year unless said: how much of what was due has come, how long it took from order to"
                            + " arrival, how much came in time, and what was paid. Computed from orders and purchases as they are now.")
    public Uni<PerformanceView> performance(
            @RestPath UUID id,
            @Parameter(description = "The first day, UTC", example = "2026-01-01") @RestQuery @Nullable String from,
            @Parameter(description = "The last day, UTC", example = "2026-12-31") @RestQuery @Nullable String to) {
        return findPurchases.performance(caller.tenant(), id, day("from", from), day("to", to));
    }

    private static @Nullable LocalDate day(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notADay) {
            throw MALFORMED.because("A day is written as 2026-01-31").parameter(parameter, "is not a day");
        }
    }
}
