package io.souk.kit.deadletter;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Path("/v1/admin/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Dead letters", description = "Records that this service's consumers gave up, for operators")
class DeadLetterResource {
    private final FindDeadLetters find;

    DeadLetterResource(FindDeadLetters find) {
        this.find = find;
    }

    /** The shape of a list, for the API document. */
    record DeadLetterPage(
            List<DeadLetterView> items, @Nullable String next) {}

    @GET
    @Operation(summary = "List dead letters", description = "Those that were given up last come first.")
    @APIResponseSchema(DeadLetterPage.class)
    public Uni<Response> list(
            @RestQuery @Parameter(description = "Only those of which this became") @Nullable DeadLetterState state,
            @RestQuery @Parameter(description = "Whose record's key names this tenant") @Nullable String tenant,
            @RestQuery @Parameter(description = "That this consumer gave up") @Nullable String consumer,
            @RestQuery @Parameter(description = "From this topic") @Nullable String topic,
            @RestQuery @Parameter(description = "Given up then or later, RFC 3339") @Nullable Instant from,
            @RestQuery @Parameter(description = "Given up before, RFC 3339") @Nullable Instant until,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable Integer limit,
            @Context UriInfo uri) {
        return find.page(new Letters(null, tenant, consumer, topic, from, until), state, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(DeadLetterView::of), uri));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a dead letter", description = "With its record's headers and value, both cut.")
    @APIResponseSchema(DeadLetterDetail.class)
    public Uni<DeadLetterDetail> read(@RestPath UUID id) {
        return find.one(id).map(DeadLetterDetail::of);
    }
}
