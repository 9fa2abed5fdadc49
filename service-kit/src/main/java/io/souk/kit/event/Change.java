package io.souk.kit.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a service writes into its outbox: one version of one aggregate.
 *
 * @param state the event record that becomes the event's JSON: the full public state after the change, with the names of
 *     the changed fields last. No personal data and no purchase cost.
 * @param causationId the event that this change answers, if any
 */
public record Change(
        AggregateType aggregate,
        UUID id,
        long version,
        ChangeKind kind,
        Object state,
        @Nullable UUID causationId) {

    /** What a delete marker says. */
    @RegisterForReflection
    public record Deleted(UUID id, long version) {}

    public static Change changed(AggregateType aggregate, UUID id, long version, Object state) {
        return new Change(aggregate, id, version, ChangeKind.CHANGED, state, null);
    }

    public static Change deleted(AggregateType aggregate, UUID id, long version) {
        return new Change(aggregate, id, version, ChangeKind.DELETED, new Deleted(id, version), null);
    }

    /** The same change, told to be the answer to that event. */
    public Change causedBy(UUID event) {
        return new Change(aggregate, id, version, kind, state, event);
    }
}
