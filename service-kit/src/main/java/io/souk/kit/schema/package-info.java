/**
 * What the service's events look like, told by the service itself: their JSON Schemas as they were released under
 * {@code docs/schemas}, and an AsyncAPI document of its topics.
 *
 * <p>Owns no table and no topic. The schemas are resources of the service, found by the names of its
 * {@link io.souk.kit.outbox.ProducedAggregates}; a service without one of them does not start.
 */
@NullMarked
package io.souk.kit.schema;

import org.jspecify.annotations.NullMarked;
