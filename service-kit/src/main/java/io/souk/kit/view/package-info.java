/**
 * Cached views: ready-to-serve JSON bytes of a service's own aggregates, kept in Redis and kept fresh by change events.
 *
 * <p>Redis keys: {@link io.souk.kit.view.ViewKeys}. In: the commits of this process and the topic of every
 * {@link io.souk.kit.view.ViewKind#source()}. Out: nothing.
 *
 * <p>Promise: an entry's version never falls (the floor), what is deleted stays deleted, a missing key is read from the
 * database by one reader of all replicas (the lease), and without Redis the database answers, behind a bulkhead.
 */
@NullMarked
package io.souk.kit.view;

import org.jspecify.annotations.NullMarked;
