package io.souk.kit.convention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Prefer;
import io.souk.kit.id.Ids;
import io.souk.kit.money.Money;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.page.Pages;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import static io.souk.kit.problem.KitProblem.CONFLICT;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1/things")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.READONLY})
public class ThingResource {
    private static final int THINGS = 120;

    private final CurrentCaller caller;
    private final ObjectMapper json;

    ThingResource(CurrentCaller caller, ObjectMapper json) {
        this.caller = caller;
        this.json = json;
    }

    public enum Colour {
        RED,
        GREEN
    }

    public record Line(@NotBlank String sku, @PositiveOrZero int quantity) {}

    public record ThingRequest(
            @NotBlank @Size(max = 100) String name,
            @Nullable Colour colour,
            @Nullable Money price,
            @Nullable UUID owner,
            @Nullable Instant since,
            @Nullable @Valid List<Line> lines,
            @Nullable Map<String, JsonNode> attributes,
            @Nullable List<String> tags,
            @Nullable Boolean hidden) {}

    public record ThingView(UUID id, String tenant, String subject, String name) {}

    @POST
    @RolesAllowed(Roles.ADMIN)
    public Uni<Response> create(@Valid ThingRequest body) {
        var me = caller.get();
        var view = new ThingView(Ids.next(), me.tenant().value(), me.subject(), body.name());
        return Uni.createFrom().item(Response.status(201).tag("1").entity(view).build());
    }

    @GET
    public Response list(
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable Colour colour,
            @RestQuery @Nullable @Max(10) Integer most,
            @Context UriInfo uri) {
        var from = cursor == null ? 0 : Cursor.number(Cursor.decode(cursor, 1), 0);
        var bound = Limit.of(limit);
        var rows =
                IntStream.range((int) from, THINGS).limit(bound.probe()).boxed().toList();
        return Pages.respond(Page.of(rows, bound, last -> Cursor.encode(last + 1)), uri);
    }

    @GET
    @Path("{id}")
    public Uni<ThingView> find(@RestPath UUID id) {
        throw NOT_FOUND.because("There is no thing " + id);
    }

    @PATCH
    @Path("{id}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed(Roles.ADMIN)
    public Uni<JsonNode> change(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, JsonNode patch) {
        var version = Preconditions.requireIfMatch(ifMatch);
        return Uni.createFrom().item(MergePatch.apply(json.createObjectNode().put("version", version), patch));
    }

    @GET
    @Path("who")
    public Map<String, Object> who(@RestHeader("Prefer") @Nullable String prefer) {
        var me = caller.get();
        return Map.of(
                "subject",
                me.subject(),
                "roles",
                me.roles(),
                "wait",
                Prefer.of(prefer).waitTime().toSeconds());
    }

    @GET
    @Path("failures/{kind}")
    public Uni<String> fail(@RestPath String kind) {
        return Uni.createFrom().failure(failure(kind));
    }

    @POST
    @Path("streams")
    @Consumes("application/x-ndjson")
    @RolesAllowed(Roles.ADMIN)
    public long stream(InputStream body) throws IOException {
        return body.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private static Throwable failure(String kind) {
        return switch (kind) {
            case "bug" -> new IllegalStateException("the secret");
            case "constraint" -> new PgException("duplicate key (name)=(secret)", "ERROR", "23505", "detail");
            case "database" -> new PgException("shutting down", "FATAL", "57P01", "detail");
            case "nul" -> new PgException("invalid byte sequence", "ERROR", "22021", "detail");
            case "pool" -> new NoStackTraceThrowable("Timeout");
            case "timeout" -> new TimeoutException();
            case "connection" -> new RuntimeException(new ConnectException("refused"));
            case "conflict" -> CONFLICT.because("Taken").at("/name", "is taken").with("other", Map.of("version", 3));
            default -> new IllegalArgumentException(kind);
        };
    }
}
