/**
 * Trace context (W3C) across what OpenTelemetry does not follow by itself: through the outbox row and the Kafka record to
 * whoever applies it. Owns no table and no topic.
 */
@NullMarked
package io.souk.kit.trace;

import org.jspecify.annotations.NullMarked;
