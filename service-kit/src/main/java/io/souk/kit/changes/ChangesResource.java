package io.souk.kit.changes;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.http.Prefer;
import io.souk.kit.http.SharedPaths;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.problem.Problem;
import io.souk.kit.token.CurrentCaller;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.TOO_MANY_REQUESTS;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/** Not for customers: they would see the orders of others. Nor for merchants: they act for one vendor of the tenant. */
@Path("/v1/changes")
@RolesAllowed({Roles.ADMIN, Roles.READONLY, Roles.SERVICE})
@Tag(name = "Changes", description = "What has changed, as events, for whoever does not read Kafka")
public class ChangesResource {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String AFTER = "after";

    private final ChangeFeed feed;
    private final ChangesStream stream;
    private final CurrentCaller caller;
    private final SharedPaths paths;

    ChangesResource(ChangeFeed feed, ChangesStream stream, CurrentCaller caller, SharedPaths paths) {
        this.feed = feed;
        this.paths = paths;
        this.stream = stream;
        this.caller = caller;
    }

    /** The shape of an answer, for the API document. */
    @Schema(name = "Changes")
    record Changes(
            List<CloudEvent> items,

            @Schema(description = "Send it as `after` to go on; there is always one")
            String next,

            @Schema(description = "Whether there may be more already; if so, come at once")
            boolean more) {}

    /** A CloudEvent 1.0 in structured mode, for the API document. */
    @Schema(name = "ChangeEvent", description = "A CloudEvent 1.0; docs/events.md tells what its attributes mean")
    record CloudEvent(
            String specversion,
            String id,
            String source,

            @Schema(examples = "souk.catalog.product.changed.v1")
            String type,

            String subject,
            String time,
            String tenant,
            String epoch,
            String aggregateversion,
            String partitionkey,
            @Nullable String traceparent,
            @Nullable String causationid,
            @Nullable String datacontenttype,

            @Schema(description = "As `GET /v1/schemas` says; not there once the aggregate is purged") @Nullable
            Object data) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read what has changed",
            description =
                    "Each change of the tenant's aggregates as a CloudEvent, at least once, and those of one aggregate in their order."
                            + " Begin with `after=start` for all that is there, or without `after` for what happens from now on; then go on"
                            + " with the `next` of each answer. An answer may be empty and have `more`: what was looked at were the"
                            + " changes of other tenants. With `Accept: text/event-stream` the changes come as they happen, as server-sent"
                            + " events: `data` is the event, `id` a cursor with which `Last-Event-ID` goes on; the stream ends now and"
                            + " then, and the client comes again.")
    @APIResponse(
            responseCode = "200",
            description = "Some changes, or none, and where to go on",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Changes.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class))
            })
    @APIResponse(responseCode = "429", description = "Too many read older changes, wait, or stream, at the moment")
    public Uni<Response> read(
            @Parameter(description = "`next` of the answer before, or `start`") @RestQuery @Nullable String after,
            @RestQuery @Nullable Integer limit,
            @Parameter(description = "Seconds to wait for a change when there is none, 0 to 30")
                    @RestQuery("wait")
                    @Nullable
                    Integer waitSeconds,
            @RestHeader("Prefer") @Nullable String prefer,
            @Parameter(description = "Aggregates to tell of, such as `product`; all unless said") @RestQuery
                    List<String> type,
            @Context UriInfo uri) {
        var wanted = wanted(type);
        var bound = Limit.of(limit).value();
        var preference = Prefer.of(prefer);
        var wait = waitTime(waitSeconds, preference);
        return feed.place(StartAt.of(AFTER, after))
                .chain(place -> wait.isPositive()
                        ? waiting(wanted, place, bound, wait)
                        : feed.read(wanted, place, bound, System.nanoTime()).map(Found::atOnce))
                .map(found -> answer(found.batch(), wanted, uri)
                        .header(
                                "Preference-Applied",
                                found.mayHaveWaited() && waitSeconds == null ? preference.applied() : null)
                        .build());
    }

    private record Found(Batch batch, boolean mayHaveWaited) {
        static Found atOnce(Batch batch) {
            return new Found(batch, false);
        }
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> stream(
            @RestQuery @Nullable String after,
            @RestHeader(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
            @RestQuery List<String> type,
            @Context Sse sse) {
        var wanted = wanted(type);
        var start = lastEventId == null || lastEventId.isEmpty()
                ? StartAt.of(AFTER, after)
                : StartAt.of(HttpHeaders.LAST_EVENT_ID_HEADER, lastEventId);
        if (feed.ending()) {
            throw UNAVAILABLE.because("The service stops").retryAfter(RETRY_AFTER);
        }
        if (!feed.following().isFree(wanted.tenant())) {
            throw noPlace();
        }
        return stream.follow(sse, wanted, start);
    }

    /** Waits if there is a place to; else answers with what there is, or with 429 if that is nothing. */
    private Uni<Found> waiting(Wanted wanted, Place place, int limit, Duration wait) {
        return Uni.createFrom().deferred(() -> {
            var slot = feed.following().take(wanted.tenant());
            if (slot.isEmpty()) {
                return feed.read(wanted, place, limit, System.nanoTime()).map(ChangesResource::worthAnAnswer);
            }
            return feed.read(wanted, place, limit, System.nanoTime() + wait.toNanos())
                    .map(batch -> new Found(batch, true))
                    .onTermination()
                    .invoke(slot.get()::release);
        });
    }

    /** An empty answer at once would have its client ask again at once. */
    private static Found worthAnAnswer(Batch batch) {
        if (batch.events().isEmpty() && !batch.more()) {
            throw noPlace();
        }
        return Found.atOnce(batch);
    }

    private static Problem noPlace() {
        return TOO_MANY_REQUESTS
                .because("There are as many streams and waiting requests as there may be")
                .retryAfter(RETRY_AFTER);
    }

    /** 403 for a merchant that has one of the roles, too: it widens nothing. */
    private Wanted wanted(List<String> type) {
        return feed.wanted(caller.get().wholeTenant(), aggregates(type));
    }

    private Set<AggregateType> aggregates(List<String> names) {
        return names.stream()
                .map(name -> feed.aggregates().stream()
                        .filter(aggregate -> aggregate.name().equals(name))
                        .findAny()
                        .orElseThrow(() -> INVALID.because("This service has no such aggregate")
                                .parameter(
                                        "type",
                                        "is none of "
                                                + feed.aggregates().stream()
                                                        .map(AggregateType::name)
                                                        .collect(Collectors.joining(", ")))))
                .collect(Collectors.toSet());
    }

    private static Duration waitTime(@Nullable Integer seconds, Prefer prefer) {
        if (seconds == null) {
            return prefer.waitTime();
        }
        if (seconds < 0 || seconds > Prefer.MAX_WAIT.toSeconds()) {
            throw INVALID.because("A request waits for up to " + Prefer.MAX_WAIT.toSeconds() + " seconds")
                    .parameter("wait", "must be between 0 and " + Prefer.MAX_WAIT.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }

    private Response.ResponseBuilder answer(Batch batch, Wanted wanted, UriInfo uri) {
        var next = FeedCursor.encode(wanted.topics(), batch.place().positions());
        return Response.ok(body(batch, next), MediaType.APPLICATION_JSON_TYPE)
                .header(
                        HttpHeaders.LINK,
                        Pages.next(uri.getRequestUriBuilder()
                                .replacePath(paths.of("changes"))
                                .replaceQueryParam(AFTER, next)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** The events are JSON already. */
    private static byte[] body(Batch batch, String next) {
        var out = new ByteArrayOutputStream();
        var separator = "{\"items\":[";
        for (var event : batch.events()) {
            out.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(event);
            separator = ",";
        }
        var end = (batch.events().isEmpty() ? separator : "") + "],\"next\":\"" + next + "\",\"more\":" + batch.more()
                + "}";
        out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
