package io.souk.kit.outbox;

import io.smallrye.common.vertx.VertxContext;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response.Status.Family;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Says in the answer to a write what its transactions changed: {@code Souk-Version}. It learns that from the commits that
 * happen in the request's own Vert.x context; jobs and consumers run in others, so what they change later is not named.
 */
@ApplicationScoped
public class NameChanges implements CommitListener {
    private static final String KEY = NameChanges.class.getName();
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Before every other filter: what they change belongs to the request too. */
    private static final int FIRST = 0;

    @ServerRequestFilter(priority = FIRST)
    public void begin(ContainerRequestContext request) {
        @Nullable Context context = own();
        if (context != null && WRITES.contains(request.getMethod())) {
            var changed = new ChangedVersions();
            context.putLocal(KEY, changed);
            request.setProperty(KEY, changed);
        }
    }

    @Override
    public void committed(TenantId tenant, List<CommittedChange> changes) {
        @Nullable Context context = own();
        if (context != null && context.getLocal(KEY) instanceof ChangedVersions changed) {
            changed.add(changes);
        }
    }

    /** An answer that is repeated brings the header of the first one along. */
    @ServerResponseFilter
    public void name(ContainerRequestContext request, ContainerResponseContext answer) {
        if (request.getProperty(KEY) instanceof ChangedVersions changed
                && answer.getStatusInfo().getFamily() == Family.SUCCESSFUL) {
            changed.add(AggregateVersions.parse(
                    AggregateVersions.VERSION, answer.getHeaderString(AggregateVersions.VERSION)));
            var versions = changed.versions();
            if (!versions.isEmpty()) {
                answer.getHeaders().putSingle(AggregateVersions.VERSION, versions.format());
            }
        }
    }

    /** That of a request or of one piece of work; an event loop's own, which all share, keeps nothing. */
    private static @Nullable Context own() {
        @Nullable Context context = Vertx.currentContext();
        return context != null && VertxContext.isDuplicatedContext(context) ? context : null;
    }
}
