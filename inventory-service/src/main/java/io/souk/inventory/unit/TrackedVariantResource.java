package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

@Path("/v1/tracked-variants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Units", description = "Goods of which each is known: serial number, condition, cost, where it stands")
class TrackedVariantResource {
    private static final String VARIANT = "As the catalogue knows it";
    private static final String STOCK = "There is stock of the variant, or units of it are on their way";

    private final CurrentCaller caller;
    private final TrackVariants trackVariants;

    TrackedVariantResource(CurrentCaller caller, TrackVariants trackVariants) {
        this.caller = caller;
        this.trackVariants = trackVariants;
    }

    /** The shape of a list, for the API document. */
    record TrackedVariantPage(
            List<TrackedVariantView> items, @Nullable String next) {}

    @PUT
    @Path("{variantId}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Track a variant by unit",
            description =
                    "While there is nothing of it. From then on its stock is the count of its units, and every booking names them:"
                            + " see /v1/units. One that is tracked already stays so. One that the catalogue has just announced is waited"
                            + " for, up to a second.")
    @APIResponseSchema(value = TrackedVariantView.class, responseCode = "200", responseDescription = "It is tracked")
    @APIResponse(responseCode = "409", description = STOCK)
    public Uni<TrackedVariantView> track(@Parameter(description = VARIANT) @RestPath UUID variantId) {
        return trackVariants.track(caller.tenant(), variantId).map(TrackedVariantView::of);
    }

    @DELETE
    @Path("{variantId}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Stop tracking a variant by unit",
            description = "While there is nothing of it. What its units were stays readable.")
    @APIResponse(responseCode = "204", description = "It is counted from now on")
    @APIResponse(responseCode = "409", description = STOCK)
    public Uni<Void> stop(@Parameter(description = VARIANT) @RestPath UUID variantId) {
        return trackVariants.stop(caller.tenant(), variantId);
    }

    @GET
    @Path("{variantId}")
    @RolesAllowed({Roles.ADMIN, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read whether a variant is tracked by unit", description = "404 for one that is not.")
    public Uni<TrackedVariantView> find(@Parameter(description = VARIANT) @RestPath UUID variantId) {
        return trackVariants.one(caller.get().wholeTenant(), variantId).map(TrackedVariantView::of);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "List the variants that are tracked by unit", description = "By id.")
    @APIResponseSchema(TrackedVariantPage.class)
    public Uni<Response> list(
            @RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor, @Context UriInfo uri) {
        return trackVariants
                .list(caller.get().wholeTenant(), Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(TrackedVariantView::of), uri));
    }
}
