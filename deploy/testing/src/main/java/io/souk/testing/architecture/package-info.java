/**
 * The lines of the architecture as ArchUnit rules, shared by the tests of every service.
 *
 * <p>Each rule is also run against small classes that break it (see the tests of this package), because a rule that was
 * never seen to fail may be one that cannot.
 */
@NullMarked
package io.souk.testing.architecture;

import org.jspecify.annotations.NullMarked;
