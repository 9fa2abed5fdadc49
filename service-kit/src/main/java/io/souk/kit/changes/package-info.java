/**
 * The service's change events by HTTP, for whoever does not speak Kafka: {@code GET /v1/changes}.
 *
 * <p>Owns no table. In: every topic of the service's {@link io.souk.kit.outbox.ProducedAggregates}.
 *
 * <p>Promise: a caller gets the events of its own tenant and no other's, each at least once and those of one aggregate in
 * their order, from wherever its cursor stands. However many follow, one client per replica reads the log's end, and a
 * bounded few read what lies behind it; a slow caller holds nothing but its connection.
 */
@NullMarked
package io.souk.kit.changes;

import org.jspecify.annotations.NullMarked;
