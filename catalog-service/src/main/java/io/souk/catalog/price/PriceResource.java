package io.souk.catalog.price;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

@Path("/v1/products/{id}/prices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Prices", description = "What a variant costs, one amount per currency")
class PriceResource {
    private final CurrentCaller caller;
    private final FindPrices find;
    private final SetPrices set;

    PriceResource(CurrentCaller caller, FindPrices find, SetPrices set) {
        this.caller = caller;
        this.find = find;
        this.set = set;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read a product's prices",
            description = "From the database. Version 0 and no ETag while there never were any.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PriceListView.class)))
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        var staff = caller.get().has(Roles.ADMIN) || caller.get().has(Roles.MERCHANT);
        return find.of(caller.tenant(), id, staff).map(list -> answer(list, ifNoneMatch));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Set a product's prices",
            description =
                    "Replaces all of them. If-Match takes the version of the price list, not of the product; the first"
                            + " ones are set with If-None-Match: *")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PriceListView.class)))
    public Uni<Response> replace(
            @RestPath UUID id,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            PriceListRequest body) {
        boolean first = ifMatch == null && "*".equals(ifNoneMatch == null ? null : ifNoneMatch.strip());
        long seen = first ? 0 : Preconditions.requireIfMatch(ifMatch);
        return set.replace(caller.tenant(), id, seen, body).map(list -> answer(list, null));
    }

    /** Prices that never were have no version, hence no tag that anyone could have. */
    private static Response answer(PriceList list, @Nullable String ifNoneMatch) {
        var view = PriceListView.of(list);
        return list.version() == 0 ? Response.ok(view).build() : Versioned.ok(list.version(), view, ifNoneMatch);
    }
}
