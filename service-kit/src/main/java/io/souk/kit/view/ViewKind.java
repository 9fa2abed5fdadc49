package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.tenant.Tx;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A cached view of one own aggregate, with that aggregate's order: a bean per kind. Only what every caller of the tenant
 * may see belongs in a view.
 *
 * <p>The bytes of a version must be the same whichever way they came to be: from the commit, from the event or from
 * {@link #load}. So {@link #render} is a pure function of the state.
 */
public interface ViewKind<T> {
    /** A lower-case word with dashes, unique in the service; part of every key, of metrics and of the consumer group's name. */
    String name();

    /** The aggregate whose events carry the state. */
    AggregateType source();

    /** The reader's own record of the event's state. */
    Class<T> stateType();

    /**
     * The aggregates of other services whose state is in this one's, by way of own tables. Where one of them lags behind, so does
     * the view.
     */
    default Set<AggregateType> foreign() {
        return Set.of();
    }

    /**
     * Whether all that foreign sources have said of it was understood. If not, it is given out as stale and read from the tables
     * each time, until a later version is certain again.
     */
    default boolean isCertain(T state) {
        return true;
    }

    /** The moment from which the rendered state is wrong though nothing was written, such as the end of an offer; null for never. */
    default @Nullable Instant validUntil(T state) {
        return null;
    }

    /** How long an entry may live without a change; a tenth is taken off at random. The safety net, not the plan. */
    Duration ttl();

    /** The JSON to serve; null when this version shows nothing in public (a draft): kept as a tombstone. */
    byte @Nullable [] render(T state);

    /**
     * The present states from the own tables by one statement; an id that the tenant does not have is left out.
     *
     * <p>Shared between callers: runs on a Vert.x context of its own, without a request, and is never cancelled; the
     * transaction is that of all kinds that are asked for together. At most 200 ids.
     */
    Uni<Map<UUID, StateAt<T>>> load(Tx tx, Collection<UUID> ids);

    /**
     * Locks the aggregates' rows, deleted ones too, in the order of ids: until the transaction ends none of them gets another version.
     * An id without a row is passed over. For the auditor, who tells a version once more whose view turned out wrong.
     */
    Uni<Void> lock(Tx tx, Collection<UUID> ids);

    /** The whole record that becomes the JSON of an event with that state. */
    Object event(T state);

    /** The lookup hints that a state vouches for, e.g. its SKUs; they are put wherever the view is put. */
    default Map<LookupKind, Set<String>> hints(T state) {
        return Map.of();
    }
}
