package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Applies a topic to own tables. A bean of this type is run by the kit as a member of the group {@code <service>-<name>}, from
 * the beginning of the topic on; how far it is stands beside those tables, so that a restore takes both back together. Any number
 * of them may read the same source.
 */
public interface EventConsumer<T> {
    /** Lower-case words with dashes; part of the group's name and key of its position, so never changed. */
    String name();

    AggregateType source();

    /** The reader's own record with only the fields it uses; fields that it does not declare are ignored. */
    Class<T> stateType();

    /**
     * Applies some events of one tenant, in the order of the topic, at most {@code souk.consumer.batch} of them. Returns when
     * their effect is committed. Called again with the same events after a crash, a rebalance or a failure, so what it does
     * must be harmless twice: apply state by order, put effects behind {@link Inbox#once}.
     *
     * <p>Runs on a Vert.x context and must not block. A failure that may pass ({@link io.souk.kit.tenant.Failures}) is
     * retried for as long as it takes; any other is tried again event by event, and the event that fails alone goes to the
     * dead letters. {@link PoisonEvent} names such a failure on purpose.
     */
    Uni<Void> apply(TenantId tenant, List<ChangeEvent<T>> events);

    /**
     * An event of this aggregate will not be applied: what is known of the aggregate may be out of date until its next event.
     * Called before the record goes to the dead letters and after all earlier events were applied; again after a failure,
     * which is tried again for as long as it takes. The default keeps what is there.
     *
     * @param key as the record's key says, whatever else the record says
     * @param order the event's, or null where the record's headers cannot be believed
     */
    default Uni<Void> doubt(EventKey key, @Nullable Order order) {
        return Uni.createFrom().voidItem();
    }
}
