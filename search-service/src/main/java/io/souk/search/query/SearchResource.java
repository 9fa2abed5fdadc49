package io.souk.search.query;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.search.document.DocumentVersions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

@Path("/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Search", description = "Finding published products")
class SearchResource {
    private static final String SEEN =
            "Versions that the answer must have reached, as writes' Souk-Version names them: at most 50, such as"
                    + " product/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=12. product, price and availability count here, others (stock,"
                    + " order, brand, category and so on) are passed over. If one has not come here within a second: 503";

    private final CurrentCaller caller;
    private final FindProducts findProducts;
    private final AwaitDocuments awaitDocuments;
    private final SearchEngine engine;

    SearchResource(
            CurrentCaller caller, FindProducts findProducts, AwaitDocuments awaitDocuments, SearchEngine engine) {
        this.caller = caller;
        this.findProducts = findProducts;
        this.awaitDocuments = awaitDocuments;
        this.engine = engine;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(summary = "Find products", description = """
                    Every word of q is wanted, in any field; a word of 4 to 7 letters may be off by one edit, one of 8 and more by two, \
                    and products that have the words exactly come first. Case and accents do not matter. If no product has all \
                    the words, those that have most of them are found and the answer says "relaxed": true. A whole SKU or GTIN \
                    finds its product first. Without q, everything that the filters leave is found.

                    Filters of different kinds must all hold; several values of one kind are alternatives. Facet counts are \
                    numbers of products; the filter on a facet's own kind does not narrow its counts.

                    A change of a product can be found some tenths of a second after it was made, or at once by whoever sends its \
                    Souk-Version as Souk-Min-Version.""")
    @Parameter(
            name = SearchParameters.Q,
            in = ParameterIn.QUERY,
            description = "Words, or a whole SKU or GTIN; at most 200 characters",
            example = "organic chocolate",
            schema = @Schema(type = SchemaType.STRING, maxLength = SearchParameters.MAX_TEXT))
    @Parameter(
            name = SearchParameters.PREFIX,
            in = ParameterIn.QUERY,
            description = "The last word of q may be the beginning of a word: search as you type",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Parameter(
            name = SearchParameters.CATEGORY,
            in = ParameterIn.QUERY,
            description = "Id or slug of a category; its descendants count too. May be repeated",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            name = SearchParameters.BRAND,
            in = ParameterIn.QUERY,
            description = "Id or name of a brand. May be repeated",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            name = SearchParameters.TYPE,
            in = ParameterIn.QUERY,
            description = "Name of a product type. May be repeated",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            name = SearchParameters.ATTR,
            in = ParameterIn.QUERY,
            description = """
                    name:value of an attribute. Of an attribute with parts, name is the path to the part, with dots: sizes.eu, \
                    netContent.unit; a list has the value if one of its elements has it. option.NAME is an option of a variant: \
                    option.Size. Numbers are written in plain digits without zeros at the end: 42.5, 42. Values of up to 100 \
                    characters, the first 250 of a product, can be asked for. May be repeated: the same name again is an \
                    alternative, another name a further condition""",
            example = "sizes.eu:42.5",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            name = SearchParameters.PRICE_MIN,
            in = ParameterIn.QUERY,
            description = "Lowest price of a variant, in minor units of currency",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @Parameter(
            name = SearchParameters.PRICE_MAX,
            in = ParameterIn.QUERY,
            description = "Highest price of a variant, in minor units of currency",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @Parameter(
            name = SearchParameters.CURRENCY,
            in = ParameterIn.QUERY,
            description = "ISO 4217 code; required to filter, sort or count by price",
            example = "USD",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = SearchParameters.SORT,
            in = ParameterIn.QUERY,
            description = "Products without a price in the currency come last in both orders by price",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"relevance", "price", "-price", "name", "newest"},
                            defaultValue = "relevance"))
    @Parameter(
            name = SearchParameters.LIMIT,
            in = ParameterIn.QUERY,
            description = "Products on a page",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @Parameter(
            name = SearchParameters.CURSOR,
            in = ParameterIn.QUERY,
            description = "next of the page before; only with the same q, filters and sort",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = SearchParameters.FACETS,
            in = ParameterIn.QUERY,
            description =
                    "Some of category, brand, type, price and attr.NAME, with commas between them; at most 10. NAME is as in attr: attr.sizes.eu,"
                            + " attr.option.Size",
            example = "category,brand",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = SearchParameters.FACET_SIZE,
            in = ParameterIn.QUERY,
            description = "Values per facet, the most frequent ones",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
    @APIResponse(
            responseCode = "200",
            description = "A page of products",
            headers =
                    @Header(
                            name = "Souk-Stale",
                            description = "index;asOf=TIME while the index has yet to read the changes since then",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = SearchAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter or header is not known or cannot be read, or the cursor is another search's")
    @APIResponse(responseCode = "422", description = "A parameter is out of its bounds")
    @APIResponse(
            responseCode = "503",
            description =
                    "The index is not up to date yet, or has not come to Souk-Min-Version in time, or too much is searched at once")
    public Uni<Response> search(
            @Context UriInfo uri,
            @RestHeader(AggregateVersions.MIN_VERSION) @Parameter(description = SEEN) @Nullable String minVersion) {
        var request = SearchParameters.read(caller.tenant(), uri.getQueryParameters());
        var seen = AggregateVersions.parse(AggregateVersions.MIN_VERSION, minVersion);
        return DocumentVersions.concerned(seen)
                ? awaitDocuments.shown(request.tenant(), seen).chain(() -> answer(request, uri))
                : answer(request, uri);
    }

    private Uni<Response> answer(SearchRequest request, UriInfo uri) {
        @Nullable Instant staleSince = engine.staleSince();
        return findProducts.find(request).map(result -> {
            var answer = SearchAnswer.of(request, result);
            return marked(Pages.respond(answer, answer.next(), uri), staleSince);
        });
    }

    private static Response marked(Response response, @Nullable Instant staleSince) {
        return staleSince == null
                ? response
                : Response.fromResponse(response)
                        .header("Souk-Stale", "index;asOf=" + staleSince)
                        .build();
    }
}
