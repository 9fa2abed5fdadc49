package io.souk.orders.wishlist;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.orders.cart.CartView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

@Path("/v1/wishlists")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CUSTOMER)
@Tag(name = "Wishlists", description = "What a customer would like to have")
class WishlistResource {
    private final CurrentCaller caller;
    private final FindWishlists find;
    private final SaveWishlist save;
    private final ChangeWishlist change;

    WishlistResource(CurrentCaller caller, FindWishlists find, SaveWishlist save, ChangeWishlist change) {
        this.caller = caller;
        this.find = find;
        this.save = save;
        this.change = change;
    }

    /** The shape of a list of wishlists, for the API document. */
    record WishlistPage(List<WishlistView> items, @Nullable String next) {}

    /** The shape of a list of their items. */
    record WishlistItemPage(
            List<WishlistView.Item> items, @Nullable String next) {}

    @POST
    @Operation(summary = "Make a wishlist", description = "20 at most, each with a name of its own.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WishlistView.class)))
    @APIResponse(responseCode = "409", description = "The customer has a list of that name, or 20 lists")
    public Uni<Response> create(@NotNull WishlistRequest request) {
        return save.create(caller.get(), request.checked())
                .map(list -> Versioned.created("/v1/wishlists/" + list.id(), list.version(), WishlistView.of(list)));
    }

    @GET
    @Operation(summary = "List one's wishlists", description = "In the order of their making, without their items.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WishlistPage.class)))
    public Uni<Response> list(
            @RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor, @Context UriInfo uri) {
        return find.list(caller.get(), Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(WishlistView::of), uri));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a wishlist", description = "Without its items.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WishlistView.class)))
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.find(caller.get(), id)
                .map(list -> Versioned.ok(list.version(), WishlistView.of(list), ifNoneMatch));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Rename a wishlist",
            description = "JSON Merge Patch; `If-Match` takes the version, as from `ETag`.")
    @RequestBody(content = @Content(schema = @Schema(implementation = WishlistRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WishlistView.class)))
    @APIResponse(responseCode = "409", description = "The customer has another list of that name")
    public Uni<Response> edit(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @NotNull JsonNode patch) {
        return save.edit(caller.get(), id, Preconditions.requireIfMatch(ifMatch), patch)
                .map(WishlistResource::ok);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Remove a wishlist",
            description = "With what lies on it. `If-Match` takes the version, as from `ETag`.")
    @APIResponse(responseCode = "204", description = "It is gone; its name is free")
    public Uni<Void> remove(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return save.remove(caller.get(), id, Preconditions.requireIfMatch(ifMatch));
    }

    @GET
    @Path("{id}/items")
    @Operation(summary = "List a wishlist's items", description = "In the order in which they were added.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WishlistItemPage.class)))
    public Uni<Response> items(
            @RestPath UUID id,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return find.items(caller.get(), id, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(WishlistView.Item::of), uri));
    }

    @POST
    @Path("{id}/items")
    @Operation(
            summary = "Add to a wishlist",
            description =
                    "200 at most. Takes no `If-Match`: additions commute, so nothing is lost between two tabs; what lies there already"
                            + " stays as it is.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WishlistView.class)))
    @APIResponse(responseCode = "409", description = "It would be more than a list holds")
    @APIResponse(responseCode = "422", description = "The SKU is not for sale")
    public Uni<Response> add(
            @RestPath UUID id,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull @Valid WishlistItemRequest request) {
        return change.add(caller.get(), id, request.checked(), authorization).map(WishlistResource::ok);
    }

    @DELETE
    @Path("{id}/items/{variantId}")
    @Operation(
            summary = "Take off a wishlist",
            description = "Takes no `If-Match`; what does not lie there leaves the list as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The list without it",
            content = @Content(schema = @Schema(implementation = WishlistView.class)))
    public Uni<Response> takeOff(
            @RestPath UUID id, @Parameter(description = "A variant of the catalogue") @RestPath UUID variantId) {
        return change.remove(caller.get(), id, variantId).map(WishlistResource::ok);
    }

    @POST
    @Path("{id}/items/{variantId}/move")
    @Operation(
            summary = "Move an item to the cart",
            description =
                    "Adds units of it to the customer's cart at the catalogue's present price, and takes it off the list: both or"
                            + " neither, so a repeated request moves once.")
    @APIResponse(
            responseCode = "200",
            description = "The cart",
            content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(responseCode = "409", description = "The cart is checked out, or it would be more than a cart holds")
    public Uni<Response> move(
            @RestPath UUID id,
            @Parameter(description = "A variant on the list") @RestPath UUID variantId,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull @Valid WishlistMoveRequest request) {
        return change.move(caller.get(), id, variantId, request.cartId(), request.quantity(), authorization)
                .map(cart -> Versioned.ok(cart.version(), CartView.of(cart)));
    }

    private static Response ok(Wishlist list) {
        return Versioned.ok(list.version(), WishlistView.of(list));
    }
}
