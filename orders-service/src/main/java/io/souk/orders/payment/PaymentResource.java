package io.souk.orders.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
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

@Path("/v1/orders/{id}/payment")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Payments", description = "What was authorised, captured and refunded of an order's amount")
class PaymentResource {
    private static final String KEY = "Of your choice, 1 to 255 characters; kept for 24 hours";

    private final CurrentCaller caller;
    private final FindPayments find;
    private final MoveMoney move;
    private final ObjectMapper json;

    PaymentResource(CurrentCaller caller, FindPayments find, MoveMoney move, ObjectMapper json) {
        this.caller = caller;
        this.find = find;
        this.move = move;
        this.json = json;
    }

    @GET
    @RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.SERVICE, Roles.READONLY})
    @Operation(
            summary = "Read an order's payment",
            description = "With every call of its provider. For a customer there are no payments but of own orders.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PaymentView.class)))
    @APIResponse(responseCode = "304", description = "`If-None-Match` names what would be answered")
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.find(caller.get(), id).map(this::write).map(body -> answer(body, ifNoneMatch));
    }

    private byte[] write(PaymentView payment) {
        try {
            return json.writeValueAsBytes(payment);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a payment cannot be written", impossible);
        }
    }

    /** The tag is of all that is said: calls without an answer are told too, and the payment's version does not count them. */
    private static Response answer(byte[] body, @Nullable String ifNoneMatch) {
        var etag = "\"%s\"".formatted(UUID.nameUUIDFromBytes(body));
        var answer = Preconditions.noneMatch(ifNoneMatch, etag) ? Response.notModified() : Response.ok(body);
        return answer.header(HttpHeaders.ETAG, etag).build();
    }

    @POST
    @Path("captures")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Capture a part of a payment",
            description =
                    "Or all that is left of it, without an amount. The provider is asked after the answer, again and again until it"
                            + " speaks; what is asked for counts as captured until it is refused, so captures at once never take too much.")
    @APIResponse(
            responseCode = "202",
            description = "The provider is being asked; follow `Location`",
            content = @Content(schema = @Schema(implementation = MovementView.class)))
    @APIResponse(
            responseCode = "409",
            description = "The order was not confirmed, or less is left: `left` says how much")
    public Uni<Response> capture(
            @RestPath UUID id,
            @Parameter(required = true, description = KEY, example = "shipment-17")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @NotNull MovementRequest request) {
        return move.capture(caller.get(), id, key, request).map(Answer::toResponse);
    }

    @POST
    @Path("refunds")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Refund a part of what was captured",
            description = "Or all that is left of it, without an amount. Otherwise as a capture.")
    @APIResponse(
            responseCode = "202",
            description = "The provider is being asked; follow `Location`",
            content = @Content(schema = @Schema(implementation = MovementView.class)))
    @APIResponse(responseCode = "409", description = "Less was captured: `left` says how much is left to refund")
    public Uni<Response> refund(
            @RestPath UUID id,
            @Parameter(required = true, description = KEY, example = "return-17")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @NotNull MovementRequest request) {
        return move.refund(caller.get(), id, key, request).map(Answer::toResponse);
    }
}
