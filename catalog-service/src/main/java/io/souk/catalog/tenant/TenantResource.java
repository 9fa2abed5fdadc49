package io.souk.catalog.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

@Path("/v1/tenant")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenant", description = "What a tenant says for all of its shop")
class TenantResource {
    private final CurrentCaller caller;
    private final ChangeTenant change;

    TenantResource(CurrentCaller caller, ChangeTenant change) {
        this.caller = caller;
        this.change = change;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read the tenant", description = "That of the token, with its settings.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> read(@RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return change.find(caller.tenant())
                .map(tenant -> Versioned.ok(tenant.version(), TenantView.of(tenant), ifNoneMatch));
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Change the tenant's settings",
            description =
                    "JSON Merge Patch; If-Match takes the version. The statuses of products follow some hundred at a time, as"
                            + " events and cards tell.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = TenantSettings.class),
                            examples =
                                    @ExampleObject(
                                            name = "Low from five units down",
                                            value = "{\"lowStockUnits\": 5}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TenantView.class)))
    public Uni<Response> edit(@RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, JsonNode patch) {
        return change.change(caller.tenant(), Preconditions.requireIfMatch(ifMatch), patch)
                .map(tenant -> Versioned.ok(tenant.version(), TenantView.of(tenant)));
    }
}
