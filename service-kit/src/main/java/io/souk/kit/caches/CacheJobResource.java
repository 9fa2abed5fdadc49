package io.souk.kit.caches;

import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OperatorJobs;
import io.souk.kit.http.Prefer;
import io.souk.kit.job.Job;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Pages;
import io.souk.kit.token.Roles;
import io.souk.kit.view.CacheWalk;
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

@Path("/v1/admin/caches/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Caches")
class CacheJobResource {
    private final CacheWalk walk;
    private final WalkCache work;
    private final OperatorJobs jobs;

    CacheJobResource(CacheWalk walk, WalkCache work, OperatorJobs jobs) {
        this.walk = walk;
        this.work = work;
        this.jobs = jobs;
    }

    /** The shape of a list, for the API document. */
    record CacheJobPage(List<CacheJobView> items, @Nullable String next) {}

    @POST
    @Operation(
            summary = "Clear or rewarm cached views",
            description =
                    "Of a kind, a tenant, an aggregate, or all. Clearing makes no answer stale: the next reader fills what is"
                            + " gone. Rewarming fills what the cache has held and holds no more. Both look through the names of"
                            + " the whole Redis unless an id is named. One runs at a time. `Prefer: wait=30` waits for the end.")
    @APIResponseSchema(
            value = CacheJobView.class,
            responseCode = "202",
            responseDescription = "Location tells how it goes on")
    public Uni<Response> create(@RestHeader("Prefer") @Nullable String prefer, @Nullable CacheJobRequest body) {
        if (body == null) {
            throw MALFORMED.because("A body is required");
        }
        return work.begin(body.known(), body.entries(walk.kinds()))
                .chain(job -> jobs.await(job, Prefer.of(prefer)))
                .map(job -> Response.accepted(view(job))
                        .location(URI.create("/v1/admin/caches/jobs/" + job.id()))
                        .build());
    }

    @GET
    @Operation(summary = "List jobs over the cache", description = "Newest first.")
    @APIResponseSchema(CacheJobPage.class)
    public Uni<Response> list(
            @RestQuery @Nullable String cursor, @RestQuery @Nullable Integer limit, @Context UriInfo uri) {
        return jobs.page(WalkCache.KIND, Limit.of(limit), cursor).map(page -> Pages.respond(page.map(this::view), uri));
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "Read a job over the cache",
            description = "State and progress. `Prefer: wait=30` waits for the end.")
    @APIResponseSchema(CacheJobView.class)
    public Uni<CacheJobView> read(@RestPath UUID id, @RestHeader("Prefer") @Nullable String prefer) {
        return jobs.await(WalkCache.KIND, id, Prefer.of(prefer).waitTime()).map(this::view);
    }

    private CacheJobView view(Job job) {
        return CacheJobView.of(job, work.input(job));
    }
}
