/**
 * What a change event is: the types that writers and readers share, and its form on the wire.
 *
 * <p>Every aggregate has an order {@code (epoch, version)}; an event carries the full public state after that version.
 * Topics are {@code <prefix>.<service>.<aggregate>}, the key is {@code tenant/aggregateId}, the record is a CloudEvent 1.0
 * in binary mode with JSON data. One key's records are in version order, always.
 */
@NullMarked
package io.souk.kit.event;

import org.jspecify.annotations.NullMarked;
