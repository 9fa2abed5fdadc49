package io.souk.orders.customer;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import java.util.Set;

/**
 * Keeps what is a person's out of caches: the same address says something else to each of them, and what was erased here would
 * stay there.
 */
class KeepPrivate {
    private static final Set<String> PERSONAL = Set.of("customers", "wishlists", "carts", "orders");

    @ServerResponseFilter
    public void keep(ContainerRequestContext request, ContainerResponseContext answer) {
        var segments = request.getUriInfo().getPathSegments();
        if (segments.size() > 1 && PERSONAL.contains(segments.get(1).getPath())) {
            answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-store");
            answer.getHeaders().add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
        }
    }
}
