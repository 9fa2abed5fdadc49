/**
 * The coherence protocol (docs/protocol.md, cited here as "the protocol") as decisions: no input or output, no clock, no
 * thread. Each part is a sealed type of steps. A step says what to do next and has one method per possible answer, which
 * gives the step after it; so a step in a wrong order cannot be written. Whoever drives a part does what its step says and
 * hands it the answer. Of the reader only the judgement is here ({@link Freshness#whyNot}): its steps, with which the simulator
 * runs, are beside the simulator, and {@code ReadsAgreeTest} holds the live ones against them.
 *
 * <p>Moments are microseconds since 1970 by the clock of the database that owns what they speak of; 0 is "never". Durations
 * of a driver's own waiting are nanoseconds of a clock that never goes back.
 */
@NullMarked
package io.souk.kit.protocol;

import org.jspecify.annotations.NullMarked;
