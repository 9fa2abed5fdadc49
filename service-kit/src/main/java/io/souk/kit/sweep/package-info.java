/**
 * Work that the clock asks for, not a request or an event: what has run out, what got no answer, what is old.
 *
 * <p>Every replica runs every {@link io.souk.kit.sweep.Sweep}; the rows decide who does what ({@code for update skip
 * locked}, or a condition that only the first can meet). Owns no table.
 *
 * <p>Promise: one sweep never overlaps itself in a process, a failing one goes on trying, and none outlives the process's
 * shutdown.
 */
@NullMarked
package io.souk.kit.sweep;

import org.jspecify.annotations.NullMarked;
