/**
 * From a committed change to Kafka.
 *
 * <p>Tables: {@code outbox} (events that are not yet in the log), {@code relay_lease} (who may relay). Out: every topic
 * of the service's {@link io.souk.kit.outbox.ProducedAggregates}.
 *
 * <p>Promise: a committed change reaches its topic at least once and in the order of its aggregate, whatever crashes; a
 * rolled-back one never does. Only the relay sends, and only the holder of the lease relays.
 */
@NullMarked
package io.souk.kit.outbox;

import org.jspecify.annotations.NullMarked;
