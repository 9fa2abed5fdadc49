/** The fault suite: a stack of its own, faults drawn from a seed, a recorded workload, and a checker that decides what was promised. */
@NullMarked
package io.souk.chaos;

import org.jspecify.annotations.NullMarked;
