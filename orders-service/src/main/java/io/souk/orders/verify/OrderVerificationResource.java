package io.souk.orders.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/orders/verifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Order verification", description = "Whether orders, payments and carts agree")
class OrderVerificationResource {
    private final CurrentCaller caller;
    private final VerifyOrders verifyOrders;

    OrderVerificationResource(CurrentCaller caller, VerifyOrders verifyOrders) {
        this.caller = caller;
        this.verifyOrders = verifyOrders;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Verify the orders",
            description =
                    "Proves a part of the tenant's orders: confirmed is authorised or captured, sent is captured or about to be, ended is"
                            + " voided or refunded, nothing is open past its deadline, lines add up to the charge, and no cart waits for"
                            + " an order that has ended. Ask again with `next` as `cursor` until there is none. `repair=true` gives back"
                            + " what is kept, captures what is due and unlocks carts.")
    public Uni<OrderVerificationReport> verify(
            @Parameter(description = "Whether to repair what is found") @DefaultValue("false") @RestQuery
                    boolean repair,
            @RestQuery @Nullable String cursor) {
        return verifyOrders.verify(caller.tenant(), cursor, repair);
    }
}
