package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.orders.cart.Bearer;
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

@Path("/v1/carts/{id}/checkout")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Carts", description = "What a guest or a customer means to buy, at the prices they were shown")
class CartCheckoutResource {
    private final CheckOutCart checkOut;
    private final TellOutcome tell;
    private final CurrentCaller caller;

    CartCheckoutResource(CheckOutCart checkOut, TellOutcome tell, CurrentCaller caller) {
        this.checkOut = checkOut;
        this.tell = tell;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.CUSTOMER, Roles.SERVICE})
    @Operation(
            summary = "Check a cart out",
            description =
                    "Places an order for its lines at the prices as shown; `If-Match` takes the version of the cart that was shown. The cart"
                            + " is locked until the order has its outcome: emptied when it is confirmed, as it was otherwise. `Prefer:"
                            + " wait=N` waits for the outcome as for other orders.")
    @APIResponse(
            responseCode = "200",
            description = "The order has its outcome",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The order is placed; follow `Location`",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "Prices have changed (`changes` names each with both; take them with `POST /v1/carts/{id}/prices`), the cart is empty"
                            + " or checked out already, the reservation that it takes the place of is not open any more, or the same key's"
                            + " first request is still running")
    @APIResponse(
            responseCode = "422",
            description = "`reservationId` is none of the customer's, or another rule is broken")
    @APIResponse(
            responseCode = "429",
            description = "The catalogue was asked too often with this token; see `Retry-After`")
    public Uni<Response> checkOut(
            @RestPath UUID id,
            @Parameter(description = "Opens a guest's cart; as it was told when the cart was made")
                    @RestHeader(Bearer.HEADER)
                    @Nullable
                    String token,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Parameter(
                            required = true,
                            description = "Of your choice, 1 to 255 characters; kept for 24 hours",
                            example = "cart-2026-11-21-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Parameter(description = "RFC 7240", example = "wait=10") @RestHeader("Prefer") @Nullable String prefer,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull @Valid CartCheckoutRequest request) {
        var bearer = new Bearer(caller.get(), token);
        return checkOut.place(bearer, id, Preconditions.requireIfMatch(ifMatch), key, authorization, request)
                .chain(placed -> tell.of(bearer.caller(), placed, prefer));
    }
}
