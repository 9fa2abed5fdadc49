/** The servers are started for real; nothing is left running. */
@NullMarked
package io.souk.stack;

import org.jspecify.annotations.NullMarked;
