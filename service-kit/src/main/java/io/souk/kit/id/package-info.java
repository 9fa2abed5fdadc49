/**
 * Identifiers: UUIDs of version 7, so that rows inserted one after the other lie beside each other in their index.
 *
 * <p>Owns no table and no topic. Ids of one replica only grow; between replicas they are ordered to the millisecond.
 */
@NullMarked
package io.souk.kit.id;

import org.jspecify.annotations.NullMarked;
