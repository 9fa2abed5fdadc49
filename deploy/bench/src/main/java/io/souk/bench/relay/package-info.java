/**
 * What the relay costs: from a change's transaction to the log beside a bare transactional send, and how fast a long queue
 * is sent. Events go through a real service; the queue is one that no service reads.
 */
@NullMarked
package io.souk.bench.relay;

import org.jspecify.annotations.NullMarked;
