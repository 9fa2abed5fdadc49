package io.souk.orders.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.orders.order.OrderView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

@Path("/v1/orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "What customers buy, from checkout to its outcome")
class FulfilmentResource {
    private final CurrentCaller caller;
    private final FulfilOrder fulfilOrder;
    private final CorrectFulfilment correctFulfilment;
    private final DeliverOrder deliverOrder;

    FulfilmentResource(
            CurrentCaller caller,
            FulfilOrder fulfilOrder,
            CorrectFulfilment correctFulfilment,
            DeliverOrder deliverOrder) {
        this.caller = caller;
        this.fulfilOrder = fulfilOrder;
        this.correctFulfilment = correctFulfilment;
        this.deliverOrder = deliverOrder;
    }

    @POST
    @Path("fulfilments")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Fulfil an order",
            description =
                    "All of its goods are on their way. They leave the stock, and what is authorised of its payment and not"
                            + " captured is captured, both soon after the answer; a capture that the provider refuses does not"
                            + " undo the shipping, and is told by the timeline and as an incident. From then on the order is not"
                            + " cancelled any more; refunds stay possible.")
    @APIResponse(
            responseCode = "200",
            description = "The order is FULFILLED",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "409",
            description = "It is not CONFIRMED: `orderStatus` says what it is; or the same key is under way")
    public Uni<Response> fulfil(
            @RestPath UUID id,
            @Parameter(
                            required = true,
                            description = "Of your choice, 1 to 255 characters; kept for 24 hours",
                            example = "parcel-17")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @NotNull @Valid FulfilmentRequest request) {
        return fulfilOrder.fulfil(caller.get(), id, key, request).map(Answer::toResponse);
    }

    @PATCH
    @Path("fulfilments")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Complete or correct how an order was sent",
            description =
                    "JSON Merge Patch of carrier and tracking number, once the goods have left; `If-Match` takes the order's version, as"
                            + " from `ETag`. That they have left stays said.")
    @RequestBody(content = @Content(schema = @Schema(implementation = FulfilmentRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "The order as it is now: at its next version if anything changed",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "409",
            description = "It is neither FULFILLED nor DELIVERED: `orderStatus` says what it is")
    public Uni<Response> correct(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @NotNull JsonNode patch) {
        return correctFulfilment
                .correct(caller.get(), id, Preconditions.requireIfMatch(ifMatch), patch)
                .map(found -> Versioned.ok(found.order().version(), OrderView.of(found)));
    }

    @POST
    @Path("deliver")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Say that an order was delivered",
            description = "Its goods have arrived. Delivering twice is delivering once.")
    @APIResponse(
            responseCode = "200",
            description = "The order is DELIVERED",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "409", description = "It is not FULFILLED: `orderStatus` says what it is")
    public Uni<Response> deliver(@RestPath UUID id) {
        return deliverOrder
                .deliver(caller.get(), id)
                .map(found -> Versioned.ok(found.order().version(), OrderView.of(found)));
    }
}
