package io.souk.orders.tax;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Versioned;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

@Path("/v1/tax-rates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Taxes", description = "What a shop adds to its prices, or says is in them")
class TaxResource {
    private final CurrentCaller caller;
    private final SetTaxes taxes;

    TaxResource(CurrentCaller caller, SetTaxes taxes) {
        this.caller = caller;
        this.taxes = taxes;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.SERVICE, Roles.READONLY})
    @Operation(summary = "Read the shop's tax rates", description = "Version 0 and no ETag while there never were any.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TaxTableView.class)))
    @APIResponse(responseCode = "304", description = "`If-None-Match` names the present version")
    public Uni<Response> read(@RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return taxes.find(caller.tenant()).map(table -> answer(table, ifNoneMatch));
    }

    @PUT
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Set the shop's tax rates",
            description =
                    "Replaces all of them, from the next order on. Of the rates that suit a line, one with its region counts before one with"
                            + " its category, and that before one of the whole country; where none suits there is no tax. `If-Match` takes"
                            + " the table's version; the first table is set with `If-None-Match: *`.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TaxTableView.class)))
    public Uni<Response> replace(
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @NotNull TaxTableRequest request) {
        boolean first =
                ifMatch == null && ifNoneMatch != null && ifNoneMatch.strip().equals("*");
        long seen = first ? 0 : Preconditions.requireIfMatch(ifMatch);
        return taxes.replace(caller.tenant(), seen, request.checked()).map(table -> answer(table, null));
    }

    /** A table that never was has no version, hence no tag that anyone could have. */
    private static Response answer(TaxTable table, @Nullable String ifNoneMatch) {
        var view = TaxTableView.of(table);
        return table.version() == 0 ? Response.ok(view).build() : Versioned.ok(table.version(), view, ifNoneMatch);
    }
}
