package io.souk.catalog.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Writes; what is read is the card. */
@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Products", description = "What there is to sell: products with their variants")
class ProductResource {
    private static final String EXAMPLE = """
        {
          "name": "Challah, braided",
          "description": "Baked on Friday morning.",
          "type": "kosher-food",
          "tags": ["bread", "sabbath"],
          "attributes": {"agency": "OU", "level": "Pareve", "allergens": ["gluten", "eggs"]},
          "variants": [
            {"sku": "CHALLAH-500", "name": "500 g", "options": {"weight": "500 g"}, "gtins": ["4006381333931"]}
          ]
        }
        """;

    private final CurrentCaller caller;
    private final CreateProduct create;
    private final ChangeProduct change;

    ProductResource(CurrentCaller caller, CreateProduct create, ChangeProduct change) {
        this.caller = caller;
        this.create = create;
        this.change = change;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Make a product",
            description =
                    "As a draft, which only admins and merchants of the tenant see. 409 for a SKU, GTIN or slug that"
                            + " another product has; 422 for attributes that break the product type's schema.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = ProductRequest.class),
                            examples = @ExampleObject(name = "Kosher bread", value = EXAMPLE)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProductView.class)))
    @APIResponse(responseCode = "409", description = "Another product has the SKU, the GTIN or the slug")
    public Uni<Response> create(ProductRequest body) {
        return create.create(caller.tenant(), body)
                .map(product ->
                        Versioned.created("/v1/products/" + product.id(), product.version(), ProductView.of(product)));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Edit a product",
            description =
                    "JSON Merge Patch on what people write; arrays are replaced whole. A variant without an id keeps the"
                            + " id of the present variant with its SKU; one that is left out is deleted, unless units of it are on hand (409). If-Match takes the product's version; 412 holds the present"
                            + " state as `current`.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = ProductRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "New text",
                                            value = "{\"description\": \"Baked every morning.\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another product has the SKU, the GTIN or the slug, or units of a variant"
                    + " that is left out are on hand")
    public Uni<Response> edit(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, JsonNode patch) {
        return change.edit(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch), patch)
                .map(ProductResource::answer);
    }

    @POST
    @Path("{id}/publish")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Publish a product",
            description = "Everyone of the tenant sees it from then on. It needs at least one variant (409). Published"
                    + " already: nothing happens. If-Match takes the version that was looked at.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductView.class)))
    @APIResponse(responseCode = "409", description = "It has no variant")
    public Uni<Response> publish(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return change.publish(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch))
                .map(ProductResource::answer);
    }

    @POST
    @Path("{id}/archive")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Archive a product",
            description =
                    "Takes it out of sight and keeps its SKUs; publishing brings it back. If-Match as for publish.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductView.class)))
    public Uni<Response> archive(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return change.archive(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch))
                .map(ProductResource::answer);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Delete a product",
            description =
                    "Frees its SKUs, GTINs and slug. What has stock is archived and not deleted: 409 names each variant with units"
                            + " on hand, free or reserved. If-Match as for PATCH.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "Units of its variants are on hand: archive it")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return change.delete(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch));
    }

    private static Response answer(Product product) {
        return Versioned.ok(product.version(), ProductView.of(product));
    }
}
