package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/purchase-orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchase orders", description = "What suppliers were asked to send, and what came of it")
class PurchaseOrderResource {
    private final CurrentCaller caller;
    private final SavePurchaseOrder savePurchaseOrder;
    private final FindPurchaseOrders findPurchaseOrders;

    PurchaseOrderResource(
            CurrentCaller caller, SavePurchaseOrder savePurchaseOrder, FindPurchaseOrders findPurchaseOrders) {
        this.caller = caller;
        this.savePurchaseOrder = savePurchaseOrder;
        this.findPurchaseOrders = findPurchaseOrders;
    }

    /** The shape of a list, for the API document. */
    record PurchaseOrderPage(
            List<PurchaseOrderView> items, @Nullable String next) {}

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Record an order with a supplier",
            description =
                    "Its number is the shop's own and makes a repetition harmless: a supplier has it once. Each variant is ordered"
                            + " once. A SKU that the catalogue has just announced is waited for, up to a second.")
    @APIResponseSchema(value = PurchaseOrderView.class, responseCode = "201", responseDescription = "Recorded")
    @APIResponse(responseCode = "409", description = "The supplier has an order with this number")
    public Uni<Response> place(@Nullable PurchaseOrderRequest body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return savePurchaseOrder
                .place(caller.tenant(), body.valid())
                .map(order -> Versioned.created(
                        "/v1/purchase-orders/" + order.id(), order.version(), PurchaseOrderView.of(order)));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(summary = "List purchase orders", description = "Newest first; of one supplier, or of all.")
    @APIResponseSchema(PurchaseOrderPage.class)
    public Uni<Response> list(
            @Parameter(description = "Those of this supplier alone") @RestQuery @Nullable UUID supplierId,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return findPurchaseOrders
                .list(caller.tenant(), supplierId, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(PurchaseOrderView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(summary = "Read a purchase order", description = "With what has come of each line so far.")
    @APIResponseSchema(PurchaseOrderView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        return findPurchaseOrders
                .one(caller.tenant(), id)
                .map(order -> Versioned.ok(order.version(), PurchaseOrderView.of(order), seen));
    }

    @POST
    @Path("{id}/close")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Close a purchase order",
            description =
                    "No more is waited for: what has not come counts as not delivered, and no receipt names it any more. One that is"
                            + " closed already stays as it is.")
    @APIResponseSchema(PurchaseOrderView.class)
    public Uni<Response> close(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
        return savePurchaseOrder
                .close(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch))
                .map(order -> Versioned.ok(order.version(), PurchaseOrderView.of(order)));
    }
}
