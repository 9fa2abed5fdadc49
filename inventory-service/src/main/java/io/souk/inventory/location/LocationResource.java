package io.souk.inventory.location;

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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1/locations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Locations", description = "Where stock lies")
class LocationResource {
    private final CurrentCaller caller;
    private final CreateLocation createLocation;
    private final ChangeLocation changeLocation;
    private final FindLocations findLocations;

    LocationResource(
            CurrentCaller caller,
            CreateLocation createLocation,
            ChangeLocation changeLocation,
            FindLocations findLocations) {
        this.caller = caller;
        this.createLocation = createLocation;
        this.changeLocation = changeLocation;
        this.findLocations = findLocations;
    }

    /** The shape of a list, for the API document. */
    record LocationPage(List<LocationView> items, @Nullable String next) {}

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Add a location",
            description =
                    "Each tenant has `main` from the start, and it is no vendor's. Without a position it comes last. It is the"
                            + " vendor's that it names, for good; a merchant's is its own vendor's, and says no position.")
    @APIResponseSchema(value = LocationView.class, responseCode = "201", responseDescription = "Added")
    @APIResponse(responseCode = "409", description = "The code is taken")
    public Uni<Response> create(@Nullable LocationRequest body) {
        return createLocation
                .create(caller.tenant(), present(body).valid(Reach.of(caller.get())))
                .map(LocationResource::created);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "List locations",
            description = "In the order in which orders take stock from them. A merchant sees its own vendor's.")
    @APIResponseSchema(LocationPage.class)
    public Uni<Response> list(
            @RestQuery @Nullable Integer limit, @RestQuery @Nullable String cursor, @Context UriInfo uri) {
        return findLocations
                .list(Reach.of(caller.get()), Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(LocationView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read a location")
    @APIResponseSchema(LocationView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(@RestPath UUID id, @RestHeader("If-None-Match") @Nullable String seen) {
        return findLocations.find(Reach.of(caller.get()), id).map(found -> {
            var location = found.orElseThrow(() -> NOT_FOUND.because("There is no location " + id));
            return Versioned.ok(location.version(), LocationView.of(location), seen);
        });
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Rename, move, close or open a location",
            description =
                    "JSON Merge Patch; If-Match takes the version, as from ETag. The code and the vendor are for good. The"
                            + " position is the tenant's to say, not a merchant's. One that is `CLOSED` takes nothing in; only an"
                            + " empty one can be, to which no unit is on its way, and never `main`.")
    @RequestBody(content = @Content(schema = @Schema(implementation = LocationEdit.class)))
    @APIResponseSchema(LocationView.class)
    @APIResponse(responseCode = "409", description = "It would be closed, but goods lie there or are on their way")
    public Uni<Response> change(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @Nullable JsonNode patch) {
        long seen = Preconditions.requireIfMatch(ifMatch);
        return changeLocation
                .change(Reach.of(caller.get()), id, seen, present(patch))
                .map(location -> Versioned.ok(location.version(), LocationView.of(location)));
    }

    private static Response created(Location location) {
        return Versioned.created("/v1/locations/" + location.id(), location.version(), LocationView.of(location));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return body;
    }
}
