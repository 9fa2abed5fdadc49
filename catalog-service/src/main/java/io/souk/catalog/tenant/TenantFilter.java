package io.souk.catalog.tenant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.token.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Meets the tenant of each verified token; an operator may have none. A database that is away keeps no one from reading: it is
 * tried again.
 */
@ApplicationScoped
public class TenantFilter {
    private final CurrentCaller caller;
    private final MeetTenant meet;

    TenantFilter(CurrentCaller caller, MeetTenant meet) {
        this.caller = caller;
        this.meet = meet;
    }

    @ServerRequestFilter
    public @Nullable Uni<Void> meet() {
        var tenant = caller.get().tenantOrNull();
        return tenant == null || meet.isDone(tenant) ? null : meet.meet(tenant);
    }
}
