package io.souk.kit.caches;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.Roles;
import io.souk.kit.view.CacheAdmin;
import io.souk.kit.view.CacheNumbers;
import io.souk.kit.view.CacheWalk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.net.URI;

import static io.souk.kit.problem.KitProblem.CONFLICT;

@Path("/v1/admin/caches")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Tag(name = "Caches", description = "This service's cached views, for operators")
class CachesResource {
    private static final URI HERE = URI.create("/v1/admin/caches");

    private final CacheAdmin caches;
    private final CacheNumbers numbers;
    private final CacheWalk walk;

    CachesResource(CacheAdmin caches, CacheNumbers numbers, CacheWalk walk) {
        this.caches = caches;
        this.numbers = numbers;
        this.walk = walk;
    }

    @GET
    @Operation(
            summary = "See the cache",
            description =
                    "What it holds, how often it answered, how old its answers were, and how far it is fed. No kinds where"
                            + " the service caches nothing.")
    @APIResponseSchema(CachesView.class)
    public Uni<CachesView> see() {
        return caches.state().chain(state -> numbers.sizes().map(sizes -> CachesView.of(state, sizes, numbers.ages())));
    }

    @POST
    @Path("rebuilds")
    @Operation(
            summary = "Rebuild the cache from the log",
            description =
                    "Builds a generation beside the present one, which goes on answering until it is replaced. The replica that is"
                            + " asked does it, and tells of it under `rebuild`; if it stops, nothing has changed.")
    @APIResponseSchema(
            value = CachesView.class,
            responseCode = "202",
            responseDescription = "It runs; Location tells how it goes on")
    public Uni<Response> rebuild() {
        requireKinds();
        if (!caches.rebuild()) {
            throw CONFLICT.because("This replica rebuilds the cache already, or stops");
        }
        return accepted();
    }

    @POST
    @Path("renewals")
    @Operation(
            summary = "Begin an empty cache",
            description =
                    "For when what it holds is doubted. What is there is not read any more, and reads go to the tables until the new"
                            + " generation is known everywhere, about a second later.")
    @APIResponseSchema(
            value = CachesView.class,
            responseCode = "202",
            responseDescription = "It begins; Location tells its generation")
    public Uni<Response> renew() {
        requireKinds();
        return caches.renew().chain(this::accepted);
    }

    private Uni<Response> accepted() {
        return see().map(state -> Response.accepted(state).location(HERE).build());
    }

    private void requireKinds() {
        if (walk.kinds().isEmpty()) {
            throw CONFLICT.because("This service caches no views");
        }
    }
}
