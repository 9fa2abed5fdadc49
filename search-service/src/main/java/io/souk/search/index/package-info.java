/**
 * The index from which this replica answers: Lucene on a local disk.
 *
 * <p>Owns a directory, and no table. In: all partitions of {@code souk.search.document}, tailed without a consumer group from
 * the offsets that are committed together with the index.
 *
 * <p>Promise: a document is seen within about 100 ms of its arrival; documents are replaced by order only, so a repeated event is
 * harmless; an index that is missing, damaged or of another format is rebuilt by replay; a replica that has not caught up
 * answers nothing. Every term in the index begins with its tenant, and every query passes {@code TenantFence}.
 */
@NullMarked
package io.souk.search.index;

import org.jspecify.annotations.NullMarked;
