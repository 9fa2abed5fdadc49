package io.souk.orders.order;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Versioned;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "What customers buy, from checkout to its outcome")
@RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.SERVICE, Roles.READONLY})
public class OrderResource {
    private final FindOrders findOrders;
    private final CurrentCaller caller;

    /** The shape of a list, for the API document. */
    record OrderPage(List<OrderView> items, @Nullable String next) {}

    OrderResource(FindOrders findOrders, CurrentCaller caller) {
        this.findOrders = findOrders;
        this.caller = caller;
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "Read an order",
            description =
                    "With its timeline. For a customer there are no orders but own ones, also if they are a merchant, too.")
    @APIResponseSchema(OrderView.class)
    public Uni<Response> find(@RestPath UUID id) {
        return findOrders.find(caller.get(), id).map(found -> {
            if (found == null) {
                throw NOT_FOUND.because("There is no order " + id);
            }
            // Never 304: an erasure makes no version, and not everybody sees all of one.
            return Versioned.ok(found.order().version(), OrderView.of(found));
        });
    }

    @GET
    @Operation(
            summary = "List orders",
            description =
                    "Newest first, without their timelines. A customer sees own orders only, also if they are a merchant, too.")
    @APIResponseSchema(OrderPage.class)
    public Uni<Response> list(
            @Parameter(
                            description =
                                    "Those of this customer alone, as their `id` names them. For the shop's admin; none for who was erased")
                    @RestQuery
                    @Nullable
                    UUID customer,
            @Parameter(
                            description = "Those that stand in this status alone; said several times, in any of them",
                            schema = @Schema(type = SchemaType.ARRAY, implementation = OrderStatus.class))
                    @RestQuery
                    List<String> status,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            UriInfo uri) {
        return findOrders
                .list(caller.get(), OrderFilter.of(customer, statuses(status)), Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(OrderView::of), uri));
    }

    private static Set<OrderStatus> statuses(List<String> names) {
        var known = Arrays.stream(OrderStatus.values()).map(OrderStatus::name).toList();
        if (!known.containsAll(names)) {
            throw MALFORMED
                    .because("An order has no such status")
                    .parameter("status", "is none of " + String.join(", ", known));
        }
        return names.stream().map(OrderStatus::valueOf).collect(Collectors.toSet());
    }
}
