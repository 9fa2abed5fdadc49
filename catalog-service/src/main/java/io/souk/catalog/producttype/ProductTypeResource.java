package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

@Path("/v1/product-types")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Product types", description = "Which attributes a kind of goods has, as a JSON Schema")
class ProductTypeResource {
    private final CurrentCaller caller;
    private final FindProductTypes find;
    private final SaveProductType save;

    ProductTypeResource(CurrentCaller caller, FindProductTypes find, SaveProductType save) {
        this.caller = caller;
        this.find = find;
        this.save = save;
    }

    /** The shape of a list, for the API document. */
    record ProductTypePage(
            List<ProductTypeView> items, @Nullable String next) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Make a product type", description = "409 when the name is taken.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProductTypeView.class)))
    @APIResponse(responseCode = "409", description = "Another product type has the name")
    public Uni<Response> create(ProductTypeRequest body) {
        return save.create(caller.tenant(), body)
                .map(type ->
                        Versioned.created("/v1/product-types/" + type.id(), type.version(), ProductTypeView.of(type)));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "List product types", description = "The shipped ones first, then the tenant's own.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductTypePage.class)))
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return find.page(caller.tenant(), cursor, Limit.of(limit))
                .map(page -> Pages.respond(page.map(ProductTypeView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read a product type")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductTypeView.class)))
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.one(caller.tenant(), id)
                .map(type -> Versioned.ok(type.version(), ProductTypeView.of(type), ifNoneMatch));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Edit a product type",
            description = "JSON Merge Patch; If-Match takes the version, as from ETag. The name stays.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ProductTypeRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductTypeView.class)))
    public Uni<Response> edit(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, JsonNode patch) {
        return save.edit(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch), patch)
                .map(type -> Versioned.ok(type.version(), ProductTypeView.of(type)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Delete a product type", description = "409 while products are of it.")
    @APIResponse(responseCode = "204", description = "It is gone; its name is free")
    @APIResponse(responseCode = "409", description = "Products are of this type")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return save.delete(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch));
    }
}
