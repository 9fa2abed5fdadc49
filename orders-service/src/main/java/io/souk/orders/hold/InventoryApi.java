package io.souk.orders.hold;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import java.util.UUID;

/** What orders ask of the inventory, in the inventory's public API. */
@Path("/v1/reservations")
@RegisterRestClient(configKey = "inventory")
interface InventoryApi {
    /** One that the caller may see; to a customer, only own ones. */
    @GET
    @Path("{id}")
    Uni<HeldStock> byId(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
