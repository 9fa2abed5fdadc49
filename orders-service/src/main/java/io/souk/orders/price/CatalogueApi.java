package io.souk.orders.price;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import java.util.UUID;

/** What orders ask of the catalogue, in the catalogue's public API. */
@Path("/v1/products")
@RegisterRestClient(configKey = "catalogue")
interface CatalogueApi {
    /** The cards of the products that carry these SKUs; to admins, unpublished ones too. */
    @GET
    Uni<CatalogueCards> bySku(
            @QueryParam("sku") String commaSeparated,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @HeaderParam(HttpHeaders.CACHE_CONTROL) String cacheControl);

    /** The card of one product; to admins, an unpublished one too. */
    @GET
    @Path("{id}")
    Uni<CatalogueCards.Card> byId(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @HeaderParam(HttpHeaders.CACHE_CONTROL) String cacheControl);
}
