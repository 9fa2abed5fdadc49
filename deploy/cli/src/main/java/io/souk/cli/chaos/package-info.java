/** {@code ./souk chaos}: builds and starts the fault suite, which is a program of its own. */
@NullMarked
package io.souk.cli.chaos;

import org.jspecify.annotations.NullMarked;
