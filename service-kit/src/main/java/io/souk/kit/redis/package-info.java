/**
 * Redis over one pipelined connection per event loop.
 *
 * <p>A pool's acquire costs a warm read as much as the read itself, and a command to a Redis that does not answer must not
 * wait for long. So every event loop has a connection of its own, on which commands are written together and answered in
 * order; while it is away, commands fail at once. Threads that are not event loops, and bulk traffic, share one
 * connection more, so that reads do not queue behind it.
 *
 * <p>Promise: every command is answered, by Redis or by a failure, within the command timeout and a quarter of it; the
 * number of commands in flight is bounded; nothing is retried, because only the caller knows what may be.
 */
@NullMarked
package io.souk.kit.redis;

import org.jspecify.annotations.NullMarked;
