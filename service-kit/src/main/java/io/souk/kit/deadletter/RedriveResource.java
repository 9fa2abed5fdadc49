package io.souk.kit.deadletter;

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

import static io.souk.kit.problem.KitProblem.MALFORMED;

@Path("/v1/admin/dead-letters/redrives")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Dead letters")
class RedriveResource {
    private final RedriveDeadLetters redrive;
    private final OperatorJobs jobs;

    RedriveResource(RedriveDeadLetters redrive, OperatorJobs jobs) {
        this.redrive = redrive;
        this.jobs = jobs;
    }

    /** The shape of a list, for the API document. */
    record RedrivePage(List<RedriveView> items, @Nullable String next) {}

    @POST
    @Operation(
            summary = "Redrive dead letters",
            description =
                    "Hands the open letters that are meant to the consumers that gave them up, in the order in which they"
                            + " were. Twice and late are harmless. What fails again stays. `Prefer: wait=30` waits for the end.")
    @APIResponseSchema(
            value = RedriveView.class,
            responseCode = "202",
            responseDescription = "Location tells how it goes on")
    public Uni<Response> create(@RestHeader("Prefer") @Nullable String prefer, @Nullable RedriveRequest body) {
        if (body == null) {
            throw MALFORMED.because("A body is required; {} means all open letters");
        }
        return redrive.begin(body.letters())
                .chain(job -> jobs.await(job, Prefer.of(prefer)))
                .map(job -> Response.accepted(view(job))
                        .location(URI.create("/v1/admin/dead-letters/redrives/" + job.id()))
                        .build());
    }

    @GET
    @Operation(summary = "List redrives", description = "Newest first.")
    @APIResponseSchema(RedrivePage.class)
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return jobs.page(RedriveDeadLetters.KIND, Limit.of(limit), cursor)
                .map(page -> Pages.respond(page.map(this::view), uri));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a redrive", description = "State and counts. `Prefer: wait=30` waits for the end.")
    @APIResponseSchema(RedriveView.class)
    public Uni<RedriveView> read(@RestPath UUID id, @RestHeader("Prefer") @Nullable String prefer) {
        return jobs.await(RedriveDeadLetters.KIND, id, Prefer.of(prefer).waitTime())
                .map(this::view);
    }

    private RedriveView view(Job job) {
        return RedriveView.of(job, redrive.input(job));
    }
}
