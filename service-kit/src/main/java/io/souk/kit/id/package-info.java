/**
 * Identifiers: UUIDs of version 7, so that rows inserted one after the other lie beside each other in their index.
 *
 * <p>What others know as the key of a thing that must not be done twice is an id that follows from words (version 5).
 *
 * <p>Owns no table and no topic. Ids of one replica only grow; between replicas they are ordered to the millisecond.
 */
@NullMarked
package io.souk.kit.id;

import org.jspecify.annotations.NullMarked;
