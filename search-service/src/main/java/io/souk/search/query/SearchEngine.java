package io.souk.search.query;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What finds. One implementation works on an index in this process; another may ask a cluster. */
public interface SearchEngine {

    /**
     * One page of what the query finds, and its facets. Fails with 503 when the engine is not ready, is overrun or takes too
     * long; a partial result is never returned.
     */
    Uni<Found> find(SearchQuery query);

    /**
     * Whether the next query sees each of these documents, by id, in that version or a later one; of one that was deleted, that
     * it is gone. Fails as {@link #find} does.
     */
    Uni<Boolean> shows(TenantId tenant, Map<UUID, Long> documents);

    /**
     * Names the state that the next query sees. Two equal versions answer a query equally, so results may be kept under it.
     */
    Version version();

    /** The moment since which changes may be missing in what is answered now; null while the engine follows the changes. */
    @Nullable
    Instant staleSince();

    /**
     * A state of what is searched.
     *
     * @param generation grows when the index is started anew, by restart or rebuild
     * @param change grows with each change within a generation
     */
    record Version(long generation, long change) {}
}
