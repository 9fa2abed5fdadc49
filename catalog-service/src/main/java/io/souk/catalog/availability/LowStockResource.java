package io.souk.catalog.availability;

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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

@Path("/v1/products/{id}/variants/{variantId}/low-stock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Low stock", description = "From how many units down a variant is told to be low")
class LowStockResource {
    private final CurrentCaller caller;
    private final SetLowStock set;

    LowStockResource(CurrentCaller caller, SetLowStock set) {
        this.caller = caller;
        this.set = set;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read from how many units down a variant is low",
            description =
                    "`own` says whether that was said for it, or is the tenant's number. Version 0 and no ETag while"
                            + " nobody ever said anything for it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LowStockView.class)))
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> read(
            @RestPath UUID id,
            @Parameter(description = "One of the product's variants") @RestPath UUID variantId,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        // With the tenant's number its version says nothing of the number.
        return set.find(caller.tenant(), id, variantId).map(low -> answer(low, low.own() == null ? null : ifNoneMatch));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Say from how many units down a variant is low",
            description =
                    "`units` null: as many as the tenant says. If-Match takes the version; what was never said for a variant is"
                            + " said with If-None-Match: *")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LowStockView.class)))
    public Uni<Response> set(
            @RestPath UUID id,
            @Parameter(description = "One of the product's variants") @RestPath UUID variantId,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            LowStockRequest body) {
        boolean first = ifMatch == null && "*".equals(ifNoneMatch == null ? null : ifNoneMatch.strip());
        long seen = first ? 0 : Preconditions.requireIfMatch(ifMatch);
        return set.set(caller.tenant(), id, variantId, seen, body.checked()).map(low -> answer(low, null));
    }

    private static Response answer(LowStock low, @Nullable String ifNoneMatch) {
        var view = LowStockView.of(low);
        return low.version() == 0 ? Response.ok(view).build() : Versioned.ok(low.version(), view, ifNoneMatch);
    }
}
