package io.souk.catalog.card;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.availability.AwaitStock;
import io.souk.catalog.product.ProductStatus;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.http.Preconditions;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.page.Pages;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.souk.kit.view.AnswerAge;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Bytes go from the cache to the connection as they are; nothing here reads or writes JSON. */
@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Products")
class CardResource {
    private static final String SEEN =
            "Versions that the answer must have reached, as writes' Souk-Version names them: at most 50, such as"
                    + " product/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=12. product, price, availability and the inventory's stock count"
                    + " here, others are passed over. If a stock level's version has not come here within a second: 503";

    private final CurrentCaller caller;
    private final ReadCards read;
    private final FindCards find;
    private final AwaitStock stock;

    CardResource(CurrentCaller caller, ReadCards read, FindCards find, AwaitStock stock) {
        this.caller = caller;
        this.read = read;
        this.find = find;
        this.stock = stock;
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Read a product card",
            description =
                    "Product, prices and availability. ETag names the versions of all three; If-Match on changes takes"
                            + " product.version. Age tells how long ago the answer was certainly right, 2 s at most; where"
                            + " it may be longer Souk-Stale names the part, or with `Cache-Control: max-age` there is no answer"
                            + " but a 503. `Cache-Control: no-cache` asks the database. Souk-Min-Version names versions that"
                            + " the answer must have reached, a receipt's stock too. Admins and merchants see drafts too.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CardView.class)))
    @APIResponse(responseCode = "304", description = "If-None-Match names the present ETag")
    public Uni<RestResponse<Buffer>> read(
            @RestPath UUID id,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @RestHeader(HttpHeaders.CACHE_CONTROL) @Nullable String cacheControl,
            @RestHeader(AggregateVersions.MIN_VERSION) @Parameter(description = SEEN) @Nullable String minVersion) {
        var tenant = caller.get().tenant();
        var reader = Reader.of(caller.get(), cacheControl, minVersion);
        var seen = reader.demand().seen();
        var card = AwaitStock.concerns(seen)
                ? stock.arrived(tenant, seen).chain(() -> read.one(tenant, id, reader.pastCaches()))
                : read.one(tenant, id, reader);
        return card.map(found -> answer(found, ifNoneMatch));
    }

    private static RestResponse<Buffer> answer(@Nullable Card found, @Nullable String ifNoneMatch) {
        var card = Problems.present(found, "product");
        if (Preconditions.noneMatch(ifNoneMatch, card.etag())) {
            return card.age()
                    .tell(RestResponse.ResponseBuilder.<Buffer>notModified())
                    .header(HttpHeaders.ETAG, card.etag())
                    .build();
        }
        return card.age()
                .tell(RestResponse.ResponseBuilder.ok(card.json()))
                .header(HttpHeaders.ETAG, card.etag())
                .build();
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.CUSTOMER, Roles.READONLY, Roles.SERVICE})
    @Operation(
            summary = "Find product cards",
            description =
                    "By SKUs (whatever their case), by GTINs (however padded), or all of them page by page in the order"
                            + " of their making. What is not found is left out. Only admins and merchants see what is not published.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CardView.Page.class)))
    public Uni<RestResponse<Buffer>> list(
            @RestQuery @Parameter(description = "At most 100, parted by commas") @Nullable String sku,
            @RestQuery @Parameter(description = "At most 100, parted by commas") @Nullable String gtin,
            @RestQuery
                    @Parameter(description = "Only these; without it, published ones and for staff drafts too")
                    @Nullable
                    ProductStatus status,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable Integer limit,
            @RestHeader(HttpHeaders.CACHE_CONTROL) @Nullable String cacheControl,
            @RestHeader(AggregateVersions.MIN_VERSION) @Parameter(description = SEEN) @Nullable String minVersion,
            @Context UriInfo uri) {
        var tenant = caller.get().tenant();
        var reader = Reader.of(caller.get(), cacheControl, minVersion);
        if (sku != null && gtin != null) {
            throw INVALID.because("Ask for SKUs or for GTINs")
                    .parameter("sku", "excludes gtin")
                    .parameter("gtin", "excludes sku");
        }
        if (sku != null) {
            return current(tenant, reader, as -> find.bySku(tenant, sku, as)).map(CardResource::answer);
        }
        if (gtin != null) {
            return current(tenant, reader, as -> find.byGtin(tenant, gtin, as)).map(CardResource::answer);
        }
        return current(tenant, reader, as -> find.page(tenant, status, cursor, Limit.of(limit), as))
                .map(page -> answer(page, uri));
    }

    /** Reads once the catalogue knows of the stock that the reader has seen, and then from the tables: the caches may lag. */
    private <T> Uni<T> current(TenantId tenant, Reader reader, Function<Reader, Uni<T>> read) {
        var seen = reader.demand().seen();
        return AwaitStock.concerns(seen)
                ? stock.arrived(tenant, seen).chain(() -> read.apply(reader.pastCaches()))
                : read.apply(reader);
    }

    private static RestResponse<Buffer> answer(List<Card> cards) {
        return age(cards)
                .tell(RestResponse.ResponseBuilder.ok(json(cards, null)))
                .build();
    }

    private static AnswerAge age(List<Card> cards) {
        var age = new AnswerAge();
        cards.forEach(card -> age.add(card.age()));
        return age;
    }

    private static RestResponse<Buffer> answer(Page<Card> page, UriInfo uri) {
        var response = age(page.items()).tell(RestResponse.ResponseBuilder.ok(json(page.items(), page.next())));
        if (page.next() != null) {
            response.header(HttpHeaders.LINK, Pages.next(page.next(), uri));
        }
        return response.build();
    }

    /** A cursor is base64url, so it needs no escaping. */
    private static Buffer json(List<Card> cards, @Nullable String next) {
        var json = Buffer.buffer(
                64 + cards.stream().mapToInt(card -> card.json().length() + 1).sum());
        json.appendString("{\"items\":[");
        for (int i = 0; i < cards.size(); i++) {
            if (i > 0) {
                json.appendByte((byte) ',');
            }
            json.appendBuffer(cards.get(i).json());
        }
        return json.appendString(next == null ? "],\"next\":null}" : "],\"next\":\"" + next + "\"}");
    }
}
