/** A small resource that uses every HTTP convention, and the tests that refuse it everything it must refuse. */
@NullMarked
package io.souk.kit.convention;

import org.jspecify.annotations.NullMarked;
