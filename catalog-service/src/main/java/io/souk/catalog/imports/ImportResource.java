package io.souk.catalog.imports;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Prefer;
import io.souk.kit.http.UnwantedBody;
import io.souk.kit.job.Job;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.UNSUPPORTED_MEDIA_TYPE;

@Path("/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports", description = "Files of products, one JSON object a line")
class ImportResource {
    private static final Logger LOG = Logger.getLogger(ImportResource.class);

    private static final String EXAMPLE =
            "{\"name\":\"Challah\",\"brand\":\"Zomick's\",\"categories\":[\"Bakery/Bread\"],\"publish\":true,"
                    + "\"variants\":[{\"sku\":\"CHALLAH-500\",\"gtins\":[\"4006381333931\"],"
                    + "\"prices\":[{\"amount\":450,\"currency\":\"USD\"}]}]}";

    private final CurrentCaller caller;
    private final ReceiveImport receive;
    private final FindImports find;
    private final Vertx vertx;

    ImportResource(CurrentCaller caller, ReceiveImport receive, FindImports find, Vertx vertx) {
        this.vertx = vertx;
        this.caller = caller;
        this.receive = receive;
        this.find = find;
    }

    /** The shape of a list, for the API document. */
    record ImportPage(List<ImportView> items, @Nullable String next) {}

    /** The shape of a list, for the API document. */
    record ImportRecordPage(
            List<ImportRecordView> items, @Nullable String next) {}

    @POST
    @Consumes({"application/x-ndjson", "application/jsonl"})
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Import products",
            description =
                    "Takes the file in (Content-Encoding: gzip allowed), then works it off as a job. A row without"
                            + " `mapping` is a product as in POST /v1/products; in addition `brand` is a name and `categories` are"
                            + " paths, made if missing, `publish: true` publishes, and a variant may carry `prices`. A row is matched"
                            + " to a product by SKU; what it does not name stays, null clears. Every row is stored or named with its"
                            + " reasons. `Prefer: wait=30` waits for the end.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .STRING),
                            examples = @ExampleObject(name = "One row", value = EXAMPLE)))
    @APIResponse(
            responseCode = "202",
            description = "It is in; Location tells how it goes on",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It has ended within the time of Prefer: wait",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(responseCode = "413", description = "A line or the file is too long; nothing was imported")
    public Uni<Response> create(
            @RestQuery @Parameter(description = "The source's format", example = "openfoodfacts") @Nullable
                    String mapping,
            @RestHeader(HttpHeaders.CONTENT_ENCODING) @Parameter(description = "`gzip`, or absent") @Nullable
                    String encoding,
            @RestHeader("Prefer") @Nullable String prefer,
            @Context HttpServerRequest request) {
        var tenant = caller.tenant();
        return receive.receive(tenant, mapping, isGzip(encoding), body(request))
                .onFailure()
                .invoke(() -> refuseRest(request))
                .chain(job -> answer(tenant, job, Prefer.of(prefer)));
    }

    private static boolean isGzip(@Nullable String encoding) {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
            return true;
        }
        throw UNSUPPORTED_MEDIA_TYPE
                .because("Content-Encoding may be gzip or absent")
                .parameter(HttpHeaders.CONTENT_ENCODING, "is not understood");
    }

    /** Read from the connection as the pieces are asked for. */
    private static Multi<byte[]> body(HttpServerRequest request) {
        return io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)
                .toMulti()
                .map(io.vertx.mutiny.core.buffer.Buffer::getDelegate)
                .map(Buffer::getBytes);
    }

    private void refuseRest(HttpServerRequest request) {
        if (!request.isEnded()) {
            UnwantedBody.closeAfterAnswer(vertx, request);
        }
    }

    private Uni<Response> answer(TenantId tenant, Job job, Prefer prefer) {
        if (!prefer.waits()) {
            return Uni.createFrom().item(answer(job, prefer));
        }
        return find.await(tenant, job.id(), prefer.waitTime())
                .onFailure()
                .recoverWithItem(
                        failure -> { // the file is in, whatever becomes of the look at it
                            LOG.warnf("The end of import %s could not be read: %s", job.id(), failure);
                            return job;
                        })
                .map(later -> answer(later, prefer));
    }

    private static Response answer(Job job, Prefer prefer) {
        var response = Response.status(job.state().isFinal() ? Response.Status.OK : Response.Status.ACCEPTED)
                .location(URI.create("/v1/imports/" + job.id()))
                .entity(ImportView.of(job));
        if (prefer.waits()) {
            response.header("Preference-Applied", prefer.applied());
        }
        return response.build();
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(summary = "List imports", description = "Newest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImportPage.class)))
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return find.page(caller.tenant(), cursor, Limit.of(limit))
                .map(page -> Pages.respond(page.map(ImportView::of), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "Read an import",
            description = "State, progress and counts. `Prefer: wait=30` waits for the end.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Uni<ImportView> read(@RestPath UUID id, @RestHeader("Prefer") @Nullable String prefer) {
        var wait = Prefer.of(prefer);
        var job = wait.waits() ? find.await(caller.tenant(), id, wait.waitTime()) : find.one(caller.tenant(), id);
        return job.map(ImportView::of);
    }

    @GET
    @Path("{id}/records")
    @RolesAllowed({Roles.ADMIN, Roles.MERCHANT})
    @Operation(
            summary = "What became of an import's rows",
            description = "In the order of lines, as far as it has come.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImportRecordPage.class)))
    public Uni<Response> records(
            @RestPath UUID id,
            @RestQuery @Parameter(description = "Only rows of which this became") @Nullable Outcome outcome,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable Integer limit,
            @Context UriInfo uri) {
        return find.records(caller.tenant(), id, outcome, cursor, Limit.of(limit))
                .map(page -> Pages.respond(page.map(ImportRecordView::of), uri));
    }
}
