package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Prefer;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.token.Caller;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.OrderView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

@Path("/v1/orders")
@Tag(name = "Orders")
public class CheckoutResource {
    private final PlaceOrder placeOrder;
    private final AwaitOutcome outcomes;
    private final FindOrders findOrders;
    private final CurrentCaller caller;

    CheckoutResource(PlaceOrder placeOrder, AwaitOutcome outcomes, FindOrders findOrders, CurrentCaller caller) {
        this.placeOrder = placeOrder;
        this.outcomes = outcomes;
        this.findOrders = findOrders;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Places an order",
            description =
                    "Answers 202 with the placed order; with `Prefer: wait=N` it waits up to N seconds (30 at most) "
                            + "and answers 200 with the outcome if there is one by then. Send an `Idempotency-Key`.")
    @APIResponse(responseCode = "200", description = "The order has its outcome: confirmed, rejected or declined")
    @APIResponse(responseCode = "202", description = "The order is placed; follow Location")
    public Uni<Response> place(
            @RestHeader("Idempotency-Key") @Nullable String key,
            @RestHeader("Prefer") @Nullable String prefer,
            @RestHeader(HttpHeaders.AUTHORIZATION) String bearer,
            @NotNull @Valid OrderRequest request) {
        var customer = caller.get();
        var preference = Prefer.of(prefer);
        return placeOrder
                .place(customer, key, bearer, request)
                .chain(answer -> preference.waits()
                        ? outcome(customer, answer, preference)
                        : Uni.createFrom().item(answer.toResponse()));
    }

    private Uni<Response> outcome(Caller customer, Answer placed, Prefer preference) {
        var id = UUID.fromString(placed.body().path("id").asText());
        return outcomes.await(customer.tenant(), id, preference.waitTime())
                .chain(() -> findOrders.find(customer, id))
                .map(found -> {
                    if (found == null || !found.order().status().isOutcome()) {
                        return placed.toResponse();
                    }
                    return Response.ok(OrderView.of(found))
                            .header(
                                    HttpHeaders.ETAG,
                                    Preconditions.etag(found.order().version()))
                            .header("Content-Location", "/v1/orders/" + id)
                            .header("Preference-Applied", preference.applied())
                            .build();
                });
    }
}
