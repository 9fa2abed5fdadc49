package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
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

import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/stock")
@Tag(name = "Stock", description = "How much there is of a variant, and where")
class StockResource {
    private final CurrentCaller caller;
    private final AcceptReceipt acceptReceipt;
    private final FindStock findStock;

    StockResource(CurrentCaller caller, AcceptReceipt acceptReceipt, FindStock findStock) {
        this.caller = caller;
        this.acceptReceipt = acceptReceipt;
        this.findStock = findStock;
    }

    @POST
    @Path("receipts")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Book goods that arrived",
            description =
                    "All lines or none. A SKU that the catalogue has just announced is waited for, up to a second.")
    @APIResponseSchema(value = ReceiptView.class, responseCode = "201", responseDescription = "Booked")
    @APIResponse(responseCode = "422", description = "A line names no known variant or location, or breaks a rule")
    public Uni<Response> receive(
            @Parameter(required = true, example = "receipt-2026-01-17-0001") @RestHeader("Idempotency-Key") @Nullable
                    String key,
            @Nullable ReceiptRequest body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        var receiver = caller.get();
        return acceptReceipt
                .accept(receiver.tenant(), receiver.subject(), key, body)
                .map(Answer::toResponse);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "What there is",
            description = "Of the SKUs asked for, at most 200; without any, of all variants, page by page, by SKU.")
    public Uni<Response> list(
            @Parameter(description = "SKUs, parted by commas", example = "NK-DUNK-42,NK-DUNK-43") @RestQuery @Nullable
                    String sku,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        // An empty list of SKUs is a mistake of whoever joined it, not a wish for everything.
        var page = uri.getQueryParameters().containsKey("sku")
                ? findStock.of(caller.tenant(), SkuList.of(sku == null ? "" : sku))
                : findStock.list(caller.tenant(), Limit.of(limit), cursor);
        return page.map(stock -> Pages.respond(stock, uri));
    }
}
