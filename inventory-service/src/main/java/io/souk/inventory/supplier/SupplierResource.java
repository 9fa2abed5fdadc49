package io.souk.inventory.supplier;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/** Whoever sells for the tenant may see its suppliers; accounts and contacts are not for everybody who may read stock. */
@Path("/v1/suppliers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers", description = "From whom goods are bought, when, for how much, and how well that goes")
class SupplierResource {
    private final CurrentCaller caller;
    private final SaveSupplier saveSupplier;
    private final FindSuppliers findSuppliers;

    SupplierResource(CurrentCaller caller, SaveSupplier saveSupplier, FindSuppliers findSuppliers) {
        this.caller = caller;
        this.saveSupplier = saveSupplier;
        this.findSuppliers = findSuppliers;
    }

    /** The shape of a list, for the API document. */
    record SupplierPage(List<SupplierView> items, @Nullable String next) {}

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(summary = "Add a supplier", description = "Its code is what people call it, and stays.")
    @APIResponseSchema(value = SupplierView.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "409", description = "The code is taken")
    public Uni<Response> create(@Nullable SupplierRequest body) {
        return saveSupplier
                .create(caller.tenant(), present(body).valid())
                .map(supplier -> Versioned.created(
                        "/v1/suppliers/" + supplier.id(), supplier.version(), SupplierView.of(supplier)));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(summary = "List suppliers", description = "By code, archived ones too.")
    @APIResponseSchema(SupplierPage.class)
    public Uni<Response> list(
            @RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor, @Context UriInfo uri) {
        return findSuppliers
                .list(caller.tenant(), Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(SupplierView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(summary = "Read a supplier")
    @APIResponseSchema(SupplierView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        return findSuppliers
                .one(caller.tenant(), id)
                .map(supplier -> Versioned.ok(supplier.version(), SupplierView.of(supplier), seen));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Change a supplier",
            description =
                    "All but its code. One that is `ARCHIVED` is bought of no more; what was bought stays readable.")
    @APIResponseSchema(SupplierView.class)
    public Uni<Response> change(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Nullable SupplierRequest body) {
        return saveSupplier
                .change(
                        caller.tenant(),
                        id,
                        Preconditions.requireIfMatch(ifMatch),
                        present(body).valid())
                .map(supplier -> Versioned.ok(supplier.version(), SupplierView.of(supplier)));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return body;
    }
}
