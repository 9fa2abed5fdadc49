package io.souk.kit.event;

import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of an event besides its state.
 *
 * @param eventId the same for every delivery of the event
 * @param occurredAt the database's time when the writing transaction began
 * @param traceparent W3C trace context of the writer, if it was traced
 */
public record Envelope(
        UUID eventId,
        AggregateType aggregate,
        TenantId tenant,
        UUID aggregateId,
        Order order,
        Instant occurredAt,
        @Nullable String traceparent,
        @Nullable UUID causationId) {}
