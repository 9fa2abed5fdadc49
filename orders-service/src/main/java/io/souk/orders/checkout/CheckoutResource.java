package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Versioned;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.orders.order.OrderView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "What customers buy, from checkout to its outcome")
public class CheckoutResource {
    private final PlaceOrder placeOrder;
    private final CancelOrder cancelOrder;
    private final TellOutcome tell;
    private final CurrentCaller caller;

    CheckoutResource(PlaceOrder placeOrder, CancelOrder cancelOrder, TellOutcome tell, CurrentCaller caller) {
        this.placeOrder = placeOrder;
        this.cancelOrder = cancelOrder;
        this.tell = tell;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Place an order",
            description =
                    "At the prices that the catalogue has at this moment. Stock is reserved and the payment authorised after the"
                            + " answer, 202, unless `Prefer: wait=N` asks to wait for the outcome, up to 30 seconds; where too many"
                            + " wait already, the answer is 202 at once. The same key and body again give the same order.")
    @APIResponse(
            responseCode = "200",
            description =
                    "The order has its outcome: CONFIRMED, REJECTED (`refused` names the lines), DECLINED, EXPIRED or CANCELLED",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The order is placed; follow `Location`",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "The same key's first request is still running, see `Retry-After`; or the reservation that it takes the place of is not open any more")
    @APIResponse(
            responseCode = "422",
            description =
                    "A line is not for sale or has no price in the currency; or `reservationId` is none of the customer's; or the key"
                            + " belongs to another request")
    @APIResponse(
            responseCode = "429",
            description = "The catalogue was asked too often with this token; see `Retry-After`")
    public Uni<Response> place(
            @Parameter(
                            required = true,
                            description = "Of your choice, 1 to 255 characters; kept for 24 hours",
                            example = "order-2026-11-21-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Parameter(description = "RFC 7240", example = "wait=10") @RestHeader("Prefer") @Nullable String prefer,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String bearer,
            @NotNull @Valid OrderRequest request) {
        var customer = caller.get();
        return placeOrder.place(customer, key, bearer, request).chain(placed -> tell.of(customer, placed, prefer));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Cancel an order",
            description =
                    "Its stock is free and its money given back soon after the answer, a payment that succeeds only now included."
                            + " Takes no `If-Match`, since an order under way changes by itself; cancelling twice is cancelling once."
                            + " For a customer there are no orders but own ones, and none is cancelled once money was taken for it: the"
                            + " shop still can.")
    @APIResponse(
            responseCode = "200",
            description = "The order is CANCELLED",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "It ended before, as REJECTED, DECLINED or EXPIRED; or its goods have left; or money was taken for it, and its"
                            + " customer asks")
    public Uni<Response> cancel(@RestPath UUID id) {
        return cancelOrder
                .cancel(caller.get(), id)
                .map(found -> Versioned.ok(found.order().version(), OrderView.of(found)));
    }
}
