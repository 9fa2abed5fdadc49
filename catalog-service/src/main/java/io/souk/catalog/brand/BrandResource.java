package io.souk.catalog.brand;

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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

@Path("/v1/brands")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Brands", description = "The names under which products are made")
class BrandResource {
    private final CurrentCaller caller;
    private final FindBrands find;
    private final SaveBrand save;

    BrandResource(CurrentCaller caller, FindBrands find, SaveBrand save) {
        this.caller = caller;
        this.find = find;
        this.save = save;
    }

    /** The shape of a list, for the API document. */
    record BrandPage(List<BrandView> items, @Nullable String next) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Make a brand", description = "409 when another brand has the name, whatever its case.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = BrandView.class)))
    @APIResponse(responseCode = "409", description = "Another brand has the name")
    public Uni<Response> create(BrandRequest body) {
        return save.create(caller.tenant(), body.checkedName())
                .map(brand -> Versioned.created("/v1/brands/" + brand.id(), brand.version(), BrandView.of(brand)));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "List brands", description = "In the order of their making.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BrandPage.class)))
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return find.page(caller.tenant(), cursor, Limit.of(limit))
                .map(page -> Pages.respond(page.map(BrandView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read a brand")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BrandView.class)))
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.one(caller.tenant(), id)
                .map(brand -> Versioned.ok(brand.version(), BrandView.of(brand), ifNoneMatch));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Rename a brand", description = "JSON Merge Patch; If-Match takes the version, as from ETag.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BrandView.class)))
    @APIResponse(responseCode = "409", description = "Another brand has the name")
    public Uni<Response> rename(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, BrandRequest body) {
        return save.rename(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch), body.checkedName())
                .map(brand -> Versioned.ok(brand.version(), BrandView.of(brand)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Delete a brand", description = "409 while a product has it.")
    @APIResponse(responseCode = "204", description = "It is gone; its name is free")
    @APIResponse(responseCode = "409", description = "Products have this brand")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return save.delete(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch));
    }
}
