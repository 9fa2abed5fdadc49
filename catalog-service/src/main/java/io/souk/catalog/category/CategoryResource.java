package io.souk.catalog.category;

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

@Path("/v1/categories")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Categories", description = "The trees in which products are found")
class CategoryResource {
    private final CurrentCaller caller;
    private final FindCategories find;
    private final SaveCategory save;

    CategoryResource(CurrentCaller caller, FindCategories find, SaveCategory save) {
        this.caller = caller;
        this.find = find;
        this.save = save;
    }

    /** The shape of a list, for the API document. */
    record CategoryPage(List<CategoryView> items, @Nullable String next) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Make a category", description = "409 when a sibling has the name.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    @APIResponse(responseCode = "409", description = "A sibling has the name")
    public Uni<Response> create(CategoryRequest body) {
        return save.create(caller.tenant(), body)
                .map(category -> Versioned.created(
                        "/v1/categories/" + category.id(), category.version(), CategoryView.of(category)));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "List categories", description = "In the order of their making; parentId tells the tree.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryPage.class)))
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return find.page(caller.tenant(), cursor, Limit.of(limit))
                .map(page -> Pages.respond(page.map(CategoryView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read a category")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.one(caller.tenant(), id)
                .map(category -> Versioned.ok(category.version(), CategoryView.of(category), ifNoneMatch));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Edit or move a category",
            description =
                    "JSON Merge Patch; If-Match takes the version, as from ETag. 422 when it would lie below itself.")
    @RequestBody(content = @Content(schema = @Schema(implementation = CategoryRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    @APIResponse(responseCode = "409", description = "A sibling has the name")
    public Uni<Response> edit(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, JsonNode patch) {
        return save.edit(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch), patch)
                .map(category -> Versioned.ok(category.version(), CategoryView.of(category)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "Delete a category", description = "409 while it has children or products.")
    @APIResponse(responseCode = "204", description = "It is gone; its name is free")
    @APIResponse(responseCode = "409", description = "Products lie in it, or other categories below it")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return save.delete(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch));
    }
}
