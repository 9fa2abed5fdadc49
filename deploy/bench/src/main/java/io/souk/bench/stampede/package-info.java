/** What many readers of one missing view cost the database. */
@NullMarked
package io.souk.bench.stampede;

import org.jspecify.annotations.NullMarked;
