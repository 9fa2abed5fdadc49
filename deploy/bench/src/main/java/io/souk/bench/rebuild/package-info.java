/** How fast a cache is built anew from the log while it is read. */
@NullMarked
package io.souk.bench.rebuild;

import org.jspecify.annotations.NullMarked;
