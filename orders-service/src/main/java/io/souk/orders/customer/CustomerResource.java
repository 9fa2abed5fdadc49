package io.souk.orders.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.id.Ids;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
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

/** Who has the role of a customer reaches itself, as {@code me}; the shop's admin reaches all of them by their ids. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who buys, with their type and addresses")
class CustomerResource {
    private final CurrentCaller caller;
    private final FindCustomers find;
    private final SaveCustomer save;
    private final EraseCustomer erase;

    CustomerResource(CurrentCaller caller, FindCustomers find, SaveCustomer save, EraseCustomer erase) {
        this.caller = caller;
        this.find = find;
        this.save = save;
        this.erase = erase;
    }

    /** The shape of a list, for the API document. */
    record CustomerPage(List<CustomerView> items, @Nullable String next) {}

    @POST
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Become a customer",
            description =
                    "There is one for each person, known by their token: it is made when there is none, and found as it is otherwise.")
    @APIResponse(
            responseCode = "200",
            description = "The customer that was there",
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(
            responseCode = "201",
            description = "A new customer",
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> make(@NotNull CustomerRequest request) {
        return save.make(caller.get(), request).map(made -> {
            var customer = made.customer();
            return made.isNew()
                    ? Versioned.created("/v1/customers/me", customer.version(), CustomerView.of(customer))
                    : ok(customer);
        });
    }

    @GET
    @Path("me")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(summary = "Read oneself", description = "404 before `POST /v1/customers`.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "404", description = "There is no customer of this token yet")
    public Uni<Response> readOwn() {
        // Never 304: somebody else who was read at this address before may have had the same version.
        return find.own(caller.get()).map(CustomerResource::ok);
    }

    @PATCH
    @Path("me")
    @RolesAllowed(Roles.CUSTOMER)
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Edit one's profile",
            description =
                    "JSON Merge Patch; `If-Match` takes the version, as from `ETag`. The type is the shop's to say.")
    @RequestBody(content = @Content(schema = @Schema(implementation = CustomerRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> editOwn(@RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @NotNull JsonNode patch) {
        return save.edit(caller.get(), Preconditions.requireIfMatch(ifMatch), patch)
                .map(CustomerResource::ok);
    }

    @DELETE
    @Path("me")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Be forgotten",
            description =
                    "Erases the customer with its addresses and carts. Orders stay, and are nobody's: without the address they went to,"
                            + " and not to be found by this token any more. Requests' answers that are kept for their repetition go within"
                            + " 24 hours. `If-Match` takes the version, as from `ETag`, of whoever is a customer; who never was one is"
                            + " forgotten as well, and may be more than once.")
    @APIResponse(responseCode = "204", description = "Nothing here says who it was")
    @APIResponse(responseCode = "428", description = "There is a customer of this token, and no `If-Match`")
    public Uni<Void> eraseOwn(@RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return erase.eraseOwn(caller.get(), ifMatch);
    }

    @POST
    @Path("me/addresses")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Add an address",
            description = "20 at most. `If-Match` takes the customer's version, so that a repeated request adds once.")
    @APIResponse(
            responseCode = "201",
            description = "The customer with the address; `Location` leads to it",
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "409", description = "There are 20 already")
    public Uni<Response> addAddress(
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @NotNull AddressRequest request) {
        var id = Ids.next();
        return save.addAddress(caller.get(), Preconditions.requireIfMatch(ifMatch), id, request)
                .map(customer -> Versioned.created(
                        "/v1/customers/me/addresses/" + id, customer.version(), CustomerView.of(customer)));
    }

    @GET
    @Path("me/addresses/{addressId}")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(summary = "Read an address", description = "`ETag` is the customer's version.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = CustomerView.AddressEntry.class)))
    public Uni<Response> readAddress(@Parameter(description = "An address of the customer") @RestPath UUID addressId) {
        return find.own(caller.get())
                .map(customer -> Versioned.ok(customer.version(), CustomerView.entry(customer.require(addressId))));
    }

    @PATCH
    @Path("me/addresses/{addressId}")
    @RolesAllowed(Roles.CUSTOMER)
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Edit an address",
            description =
                    "JSON Merge Patch; `If-Match` takes the customer's version. Orders that were placed keep the address as it was.")
    @RequestBody(content = @Content(schema = @Schema(implementation = AddressRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> editAddress(
            @Parameter(description = "An address of the customer") @RestPath UUID addressId,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull JsonNode patch) {
        return save.editAddress(caller.get(), Preconditions.requireIfMatch(ifMatch), addressId, patch)
                .map(CustomerResource::ok);
    }

    @DELETE
    @Path("me/addresses/{addressId}")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Remove an address",
            description = "It is no default any more either. `If-Match` takes the customer's version.")
    @APIResponse(
            responseCode = "200",
            description = "The customer without the address",
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> removeAddress(
            @Parameter(description = "An address of the customer") @RestPath UUID addressId,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return save.removeAddress(caller.get(), Preconditions.requireIfMatch(ifMatch), addressId)
                .map(CustomerResource::ok);
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "List customers",
            description =
                    "In the order of their making. `email` finds those who say that it is theirs, upper or lower case; nobody has verified it, so"
                            + " there may be several of them, or somebody else.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerPage.class)))
    @APIResponse(responseCode = "422", description = "`email` cannot be one")
    public Uni<Response> list(
            @Parameter(
                            description = "The whole of it; a plus is written `%2B`",
                            schema = @Schema(minLength = 1, maxLength = Email.MAX_LENGTH),
                            example = "ada@example.org")
                    @RestQuery
                    @Nullable
                    String email,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return find.list(caller.tenant(), email, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(CustomerView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Read a customer")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> read(@RestPath UUID id, @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find.one(caller.tenant(), id)
                .map(customer -> Versioned.ok(customer.version(), CustomerView.of(customer), ifNoneMatch));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed(Roles.ADMIN)
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Set a customer's type",
            description =
                    "JSON Merge Patch; `If-Match` takes the version, as from `ETag`. All else is the customer's own to say.")
    @RequestBody(content = @Content(schema = @Schema(implementation = CustomerTypeRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> setType(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @NotNull JsonNode patch) {
        return save.setType(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch), patch)
                .map(CustomerResource::ok);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Erase a customer",
            description = "As the customer itself does with `DELETE /v1/customers/me`.")
    @APIResponse(responseCode = "204", description = "Nothing here says who it was")
    public Uni<Void> erase(@RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return erase.erase(caller.tenant(), id, Preconditions.requireIfMatch(ifMatch));
    }

    @POST
    @Path("erasures")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Erase a person",
            description =
                    "By the subject of their token, whatever there is of them: an order, a cart or a wishlist needs no customer. As they do it"
                            + " themselves with `DELETE /v1/customers/me`; repeating it is fine.")
    @APIResponse(responseCode = "204", description = "Nothing here says who it was")
    public Uni<Void> erase(@NotNull @Valid ErasureRequest request) {
        return erase.erase(caller.tenant(), request.subject());
    }

    private static Response ok(Customer customer) {
        return Versioned.ok(customer.version(), CustomerView.of(customer));
    }
}
