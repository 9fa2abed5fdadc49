/**
 * Data into a running stack, through its public API only: imports from files, and the sample data that ships. Owns nothing.
 *
 * <p>Promise: a file is streamed, never held; every row that was not taken is named with its reason; loading the same again
 * changes nothing.
 */
@NullMarked
package io.souk.cli.load;

import org.jspecify.annotations.NullMarked;
