package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.Reach;
import io.souk.kit.gtin.Gtin;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/packs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Packs", description = "How many units of what lie under a GTIN: eaches, cases, pallets")
class PackResource {
    private static final String GTIN = "8, 12, 13 or 14 digits; every padded form is the same";
    private static final String EXAMPLE = "10614141000415";

    private final CurrentCaller caller;
    private final SavePack savePack;
    private final FindPacks findPacks;

    PackResource(CurrentCaller caller, SavePack savePack, FindPacks findPacks) {
        this.caller = caller;
        this.savePack = savePack;
        this.findPacks = findPacks;
    }

    /** The shape of a list, for the API document. */
    record PackPage(List<PackView> items, @Nullable String next) {}

    @PUT
    @Path("{gtin}")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Say what lies under a GTIN",
            description =
                    "A new pack is made with `If-None-Match: *`; one that is there is changed with its version as `If-Match`, and is in"
                            + " use again if it was archived. What was booked stays as it was. A SKU that the catalogue has just announced"
                            + " is waited for, up to a second.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PackView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = PackView.class)))
    @APIResponse(responseCode = "409", description = "The GTIN is a pack of another variant, told as `current`")
    @APIResponse(
            responseCode = "422",
            description = "No GTIN, no known variant, or not 1 to 100000 units: each bad field is named")
    public Uni<Response> save(
            @Parameter(description = GTIN, example = EXAMPLE) @RestPath String gtin,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @RestHeader("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable PackRequest body) {
        boolean first =
                ifMatch == null && ifNoneMatch != null && ifNoneMatch.strip().equals("*");
        if (first) {
            return savePack.create(caller.tenant(), parsed(gtin), present(body).valid())
                    .map(PackResource::created);
        }
        long seen = Preconditions.requireIfMatch(ifMatch);
        return savePack.change(
                        caller.tenant(), parsed(gtin), seen, present(body).valid())
                .map(PackResource::ok);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "List packs", description = "By GTIN, archived ones too; of one variant, or of all.")
    @APIResponseSchema(PackPage.class)
    public Uni<Response> list(
            @Parameter(description = "Those of this variant alone") @RestQuery @Nullable UUID variantId,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return findPacks
                .list(Reach.of(caller.get()).tenant(), variantId, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(PackView::of), uri));
    }

    @GET
    @Path("{gtin}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Read a pack")
    @APIResponseSchema(PackView.class)
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> find(
            @Parameter(description = GTIN, example = EXAMPLE) @RestPath String gtin,
            @RestHeader("If-None-Match") @Nullable String seen) {
        return findPacks
                .one(Reach.of(caller.get()).tenant(), parsed(gtin))
                .map(pack -> Versioned.ok(pack.version(), PackView.of(pack), seen));
    }

    @POST
    @Path("{gtin}/archive")
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Archive a pack",
            description = "Lines cannot name it any more; its GTIN stays taken, and what was booked under it stays"
                    + " readable. One that is archived already stays as it is.")
    @APIResponseSchema(PackView.class)
    public Uni<Response> archive(
            @Parameter(description = GTIN, example = EXAMPLE) @RestPath String gtin,
            @RestHeader("If-Match") @Nullable String ifMatch) {
        return savePack.archive(caller.tenant(), parsed(gtin), Preconditions.requireIfMatch(ifMatch))
                .map(PackResource::ok);
    }

    private static Gtin parsed(String gtin) {
        return Gtin.parse(gtin)
                .orElseThrow(
                        () -> INVALID.because("The address names no GTIN").parameter("gtin", AmountFields.NO_GTIN));
    }

    private static Response created(Pack pack) {
        return Versioned.created("/v1/packs/" + pack.gtin(), pack.version(), PackView.of(pack));
    }

    private static Response ok(Pack pack) {
        return Versioned.ok(pack.version(), PackView.of(pack));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return body;
    }
}
