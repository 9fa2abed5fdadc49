/** The judge: pure functions from the evidence to a verdict per invariant. */
@NullMarked
package io.souk.chaos.check;

import org.jspecify.annotations.NullMarked;
