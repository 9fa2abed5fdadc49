package io.souk.orders.order;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1/orders")
@Tag(name = "Orders")
@RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE, Roles.READONLY})
public class OrderResource {
    private final FindOrders findOrders;
    private final CurrentCaller caller;

    OrderResource(FindOrders findOrders, CurrentCaller caller) {
        this.findOrders = findOrders;
        this.caller = caller;
    }

    @GET
    @Path("{id}")
    @Operation(summary = "An order with its timeline; a customer sees own orders only")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        return findOrders.find(caller.get(), id).map(found -> {
            if (found == null) {
                throw NOT_FOUND.because("There is no order " + id);
            }
            var etag = Preconditions.etag(found.order().version());
            var answer =
                    Preconditions.noneMatch(seen, etag) ? Response.notModified() : Response.ok(OrderView.of(found));
            return answer.header(HttpHeaders.ETAG, etag).build();
        });
    }

    @GET
    @Operation(summary = "Orders, newest first; a customer sees own orders only")
    public Uni<Response> list(@RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor, UriInfo uri) {
        return findOrders
                .list(caller.get(), Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(OrderView::of), uri));
    }
}
