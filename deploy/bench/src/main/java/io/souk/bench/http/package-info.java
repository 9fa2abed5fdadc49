/** Load over HTTP: a closed loop with a fixed number of connections, the same for all that is compared, and rounds in which they take turns. */
@NullMarked
package io.souk.bench.http;

import org.jspecify.annotations.NullMarked;
