package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
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

@Path("/v1/carts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CUSTOMER, Roles.SERVICE})
@Tag(name = "Carts", description = "What a guest or a customer means to buy, at the prices they were shown")
class CartResource {
    private static final String TOKEN = "Opens a guest's cart; as it was told when the cart was made";
    private static final String LOCKED =
            "The cart is checked out until `orderId` has its outcome, or merged into `cartId`";

    private final CurrentCaller caller;
    private final OpenCart open;
    private final FindCarts find;
    private final AddToCart add;
    private final ChangeCart change;
    private final MergeCart merge;

    CartResource(
            CurrentCaller caller, OpenCart open, FindCarts find, AddToCart add, ChangeCart change, MergeCart merge) {
        this.caller = caller;
        this.open = open;
        this.find = find;
        this.add = add;
        this.change = change;
        this.merge = merge;
    }

    @POST
    @Operation(
            summary = "Open a cart",
            description =
                    "A customer has one: it is made when there is none, and found otherwise. Without lines it takes the `currency` that is"
                            + " asked for; with lines, or checked out, it keeps its own, which the answer tells: take the lines out first. A"
                            + " guest gets a new one and the token"
                            + " that opens it; who has no role of a customer, such as a shop's own front end, acts for guests.")
    @APIResponse(
            responseCode = "200",
            description = "The customer's cart, which was there",
            content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(
            responseCode = "201",
            description = "A new cart",
            content = @Content(schema = @Schema(implementation = CartView.class)))
    public Uni<Response> open(@NotNull @Valid CartRequest request) {
        return open.open(caller.get(), request.checked().currency(), Boolean.TRUE.equals(request.guest()))
                .map(opened -> {
                    var cart = opened.cart();
                    var view = CartView.of(cart, opened.token());
                    return opened.made()
                            ? Versioned.created("/v1/carts/" + cart.id(), cart.version(), view)
                            : Versioned.ok(cart.version(), view);
                });
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.CUSTOMER, Roles.SERVICE, Roles.ADMIN, Roles.READONLY})
    @Operation(
            summary = "Read a cart",
            description = "A customer's own, a guest's by its token, any of them for the shop's staff.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartView.class)))
    public Uni<Response> read(
            @RestPath UUID id,
            @Parameter(description = TOKEN) @RestHeader(Bearer.HEADER) @Nullable String token,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.find(bearer(token), id).map(cart -> Versioned.ok(cart.version(), CartView.of(cart), ifNoneMatch));
    }

    @POST
    @Path("{id}/lines")
    @Operation(
            summary = "Add to a cart",
            description =
                    "Adds units to those of the SKU that are there, at the catalogue's present price. Takes no `If-Match`: additions"
                            + " commute, so nothing is lost between two tabs. With an `Idempotency-Key` a repeated request adds once.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(responseCode = "409", description = LOCKED + "; or it would be more than a cart holds")
    public Uni<Response> add(
            @RestPath UUID id,
            @Parameter(description = TOKEN) @RestHeader(Bearer.HEADER) @Nullable String token,
            @Parameter(description = "Makes the request safe to repeat", example = "add-0001")
                    @RestHeader("Idempotency-Key")
                    @Nullable
                    String key,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull @Valid CartLineRequest request) {
        return add.add(bearer(token), id, key, request.checked(), authorization).map(Answer::toResponse);
    }

    @PATCH
    @Path("{id}/lines/{variantId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Set a line's quantity", description = "`If-Match` takes the cart's version, as from `ETag`.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(responseCode = "409", description = LOCKED)
    public Uni<Response> set(
            @RestPath UUID id,
            @Parameter(description = "A variant that is in the cart") @RestPath UUID variantId,
            @Parameter(description = TOKEN) @RestHeader(Bearer.HEADER) @Nullable String token,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid CartQuantityRequest request) {
        return change.set(bearer(token), id, variantId, request.quantity(), Preconditions.requireIfMatch(ifMatch))
                .map(CartResource::ok);
    }

    @DELETE
    @Path("{id}/lines/{variantId}")
    @Operation(summary = "Take a line out", description = "`If-Match` takes the cart's version, as from `ETag`.")
    @APIResponse(
            responseCode = "200",
            description = "The cart without the line",
            content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(responseCode = "409", description = LOCKED)
    public Uni<Response> remove(
            @RestPath UUID id,
            @Parameter(description = "A variant that is in the cart") @RestPath UUID variantId,
            @Parameter(description = TOKEN) @RestHeader(Bearer.HEADER) @Nullable String token,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return change.remove(bearer(token), id, variantId, Preconditions.requireIfMatch(ifMatch))
                .map(CartResource::ok);
    }

    @POST
    @Path("{id}/prices")
    @Operation(
            summary = "Take the present prices",
            description =
                    "Shows all lines at the catalogue's present prices, so that the cart can be checked out at them; a line that is not"
                            + " for sale any more leaves the cart. `If-Match` takes the cart's version, as from `ETag`.")
    @APIResponse(
            responseCode = "200",
            description = "The cart; at the same version when no price has changed",
            content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(responseCode = "409", description = LOCKED)
    public Uni<Response> reprice(
            @RestPath UUID id,
            @Parameter(description = TOKEN) @RestHeader(Bearer.HEADER) @Nullable String token,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        return change.reprice(bearer(token), id, Preconditions.requireIfMatch(ifMatch), authorization)
                .map(CartResource::ok);
    }

    @POST
    @Path("{id}/merge")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Merge a guest's cart into the customer's",
            description =
                    "For the moment after the login: units add up, to 10,000 of a SKU at most, and the price that was shown last counts. A"
                            + " customer without a cart gets the guest's. Merging again adds nothing.")
    @APIResponse(
            responseCode = "200",
            description = "The customer's cart",
            content = @Content(schema = @Schema(implementation = CartView.class)))
    @APIResponse(responseCode = "409", description = LOCKED + "; or together they are more than a cart holds")
    @APIResponse(responseCode = "422", description = "The carts are in different currencies")
    public Uni<Response> merge(
            @Parameter(description = "The guest's cart") @RestPath UUID id,
            @Parameter(description = TOKEN) @RestHeader(Bearer.HEADER) @Nullable String token) {
        return merge.merge(bearer(token), id).map(CartResource::ok);
    }

    private Bearer bearer(@Nullable String token) {
        return new Bearer(caller.get(), token);
    }

    private static Response ok(Cart cart) {
        return Versioned.ok(cart.version(), CartView.of(cart));
    }
}
