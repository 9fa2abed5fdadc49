/**
 * From Kafka to a service's own tables, caches and indexes.
 *
 * <p>Tables: {@code inbox} (events whose effect is committed). In: the source topic of every
 * {@link io.souk.kit.consumer.EventConsumer} and {@link io.souk.kit.consumer.TailConsumer}. Out:
 * {@code <prefix>.dlq.<service>}.
 *
 * <p>Promise: every event is applied at least once and in the order of its aggregate. What may pass (database, Redis or
 * Kafka away) pauses the reader; what can never succeed goes to the dead letters with its reason; nothing is
 * acknowledged before its effect is committed, and nothing is dropped.
 */
@NullMarked
package io.souk.kit.consumer;

import org.jspecify.annotations.NullMarked;
