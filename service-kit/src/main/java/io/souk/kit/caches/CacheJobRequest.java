package io.souk.kit.caches;

import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.CacheWalk.Entries;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What to do, and to which entries: those to which all that is named applies, and all of them when nothing is. */
@Schema(name = "NewCacheJob", examples = """
        {"action": "REWARM", "tenant": "kosher-market"}
        """)
record CacheJobRequest(
        @Schema(required = true) @Nullable CacheAction action,

        @Schema(description = "A kind of views, as the list of caches names them") @Nullable
        String kind,

        @Nullable String tenant,

        @Schema(description = "One aggregate of that tenant") @Nullable
        UUID id) {
    CacheAction known() {
        if (action == null) {
            throw INVALID.because("It must be said what to do").at("/action", "must be CLEAR or REWARM");
        }
        return action;
    }

    /** @param kinds those that there are */
    Entries entries(Set<String> kinds) {
        if (kind != null && !kinds.contains(kind)) {
            throw INVALID.because("This service caches no views of that kind")
                    .at("/kind", "must be one of " + new TreeSet<>(kinds));
        }
        if (tenant != null && !TenantId.isValid(tenant)) {
            throw INVALID.because("The tenant cannot be one").at("/tenant", "is not a tenant id");
        }
        if (id != null && tenant == null) {
            throw INVALID.because("An id is one of a tenant's").at("/tenant", "is required with an id");
        }
        return new Entries(kind, tenant == null ? null : new TenantId(tenant), id);
    }
}
