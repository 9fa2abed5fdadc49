package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OperatorJobs;
import io.souk.kit.http.Prefer;
import io.souk.kit.job.Job;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.CONFLICT;
import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/admin/retellings")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Retellings", description = "Telling all aggregates once more after a restore, for operators")
class RetellingResource {
    private final RetellAggregates retell;
    private final OperatorJobs jobs;

    RetellingResource(RetellAggregates retell, OperatorJobs jobs) {
        this.retell = retell;
        this.jobs = jobs;
    }

    /** The shape of a list, for the API document. */
    record RetellingPage(
            List<RetellingView> items, @Nullable String next) {}

    @POST
    @Operation(
            summary = "Tell all aggregates once more",
            description =
                    "After the database was restored and `souk.events.epoch` was raised: every row is told in the present epoch, and"
                            + " what only the log knows is told to be deleted. Ends without having told anything if the log has in"
                            + " the present epoch what the tables do not have. Twice is harmless. One runs at a time."
                            + " `Prefer: wait=30` waits for the end.")
    @APIResponseSchema(
            value = RetellingView.class,
            responseCode = "202",
            responseDescription = "Location tells how it goes on")
    public Uni<Response> create(@RestHeader("Prefer") @Nullable String prefer, @Nullable RetellingRequest body) {
        if (body == null) {
            throw MALFORMED.because("A body is required; {} means all aggregates");
        }
        if (retell.aggregates().isEmpty()) {
            throw CONFLICT.because("This service publishes nothing");
        }
        return retell.begin(body.aggregates(retell.aggregates()))
                .chain(job -> jobs.await(job, Prefer.of(prefer)))
                .map(job -> Response.accepted(view(job))
                        .location(URI.create("/v1/admin/retellings/" + job.id()))
                        .build());
    }

    @GET
    @Operation(summary = "List retellings", description = "Newest first.")
    @APIResponseSchema(RetellingPage.class)
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return jobs.page(RetellAggregates.KIND, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(this::view), uri));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a retelling", description = "State and progress. `Prefer: wait=30` waits for the end.")
    @APIResponseSchema(RetellingView.class)
    public Uni<RetellingView> read(@RestPath UUID id, @RestHeader("Prefer") @Nullable String prefer) {
        return jobs.await(RetellAggregates.KIND, id, Prefer.of(prefer).waitTime())
                .map(this::view);
    }

    private RetellingView view(Job job) {
        return RetellingView.of(job, retell.input(job));
    }
}
