/** The shared servers, seen from a Quarkus test. */
@NullMarked
package io.souk.testing;

import org.jspecify.annotations.NullMarked;
