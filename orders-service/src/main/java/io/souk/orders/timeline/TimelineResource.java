package io.souk.orders.timeline;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.UUID;

@Path("/v1/orders/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "What customers buy, from checkout to its outcome")
class TimelineResource {
    private final CurrentCaller caller;
    private final ReadTimeline read;

    TimelineResource(CurrentCaller caller, ReadTimeline read) {
        this.caller = caller;
        this.read = read;
    }

    @GET
    @RolesAllowed({Roles.CUSTOMER, Roles.ADMIN, Roles.SERVICE, Roles.READONLY})
    @Operation(
            summary = "Read an order's timeline",
            description =
                    "What happened and why, oldest first: the order's steps and the calls of its payment's provider.")
    public Uni<TimelineView> read(@RestPath UUID id) {
        return read.of(caller.get(), id);
    }
}
