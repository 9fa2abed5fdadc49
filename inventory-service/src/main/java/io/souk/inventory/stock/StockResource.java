package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.Reach;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/stock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stock", description = "How much there is of a variant, and where")
class StockResource {
    private final CurrentCaller caller;
    private final FindStock findStock;
    private final CorrectLot correctLot;

    StockResource(CurrentCaller caller, FindStock findStock, CorrectLot correctLot) {
        this.caller = caller;
        this.findStock = findStock;
        this.correctLot = correctLot;
    }

    /** The shape of a list, for the API document. */
    record StockPage(List<VariantStock> items, @Nullable String next) {}

    /** The same of one variant's levels. */
    @Schema(name = "StockLevelPage")
    record LevelPage(
            List<VariantStock.Level> items, @Nullable String next) {}

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read stock",
            description =
                    "Of the SKUs asked for, at most 200; without any, of all variants, page by page, by SKU. A merchant sees what lies at"
                            + " its own vendor's locations, page by page by variant. Each has its sums, and its levels unless they are"
                            + " of a lot and empty: 100 at most, and `moreLevels` says whether there are more.")
    @APIResponseSchema(StockPage.class)
    public Uni<Response> list(
            @Parameter(description = "SKUs, parted by commas", example = "DD1391-100-EU41,DD1391-100-EU42")
                    @RestQuery
                    @Nullable
                    String sku,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        var reach = Reach.of(caller.get());
        var page = sku == null ? findStock.list(reach, Limit.of(limit), cursor) : findStock.of(reach, SkuList.of(sku));
        return page.map(stock -> Pages.respond(stock, uri));
    }

    @PATCH
    @Path("levels/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE})
    @Operation(
            summary = "Correct the last day of a lot",
            description =
                    "JSON Merge Patch; If-Match takes the level's version, as a list of stock tells it. Wherever the lot lies with the same"
                            + " day, it has the other from now on: at all locations, or at all of the merchant's own vendor. What is reserved stays so.")
    @APIResponseSchema(VariantStock.Level.class)
    public Uni<Response> correct(
            @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @Nullable LotEdit body) {
        long seen = Preconditions.requireIfMatch(ifMatch);
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return correctLot
                .to(Reach.of(caller.get()), id, seen, body.day())
                .map(level -> Versioned.ok(level.version(), level));
    }

    @GET
    @Path("{variantId}/levels")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read a variant's levels",
            description =
                    "All there ever were, page by page by location and lot: those of lots that are gone are empty."
                            + " A variant that the catalogue has deleted has its levels, too. A merchant sees those at"
                            + " its own vendor's locations.")
    @APIResponseSchema(LevelPage.class)
    public Uni<Response> levels(
            @Parameter(description = "The catalogue's id of the variant") @RestPath UUID variantId,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @Context UriInfo uri) {
        return findStock
                .levels(Reach.of(caller.get()), variantId, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page, uri));
    }
}
