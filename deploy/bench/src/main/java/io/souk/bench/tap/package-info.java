/** Ways to PostgreSQL on which what is asked and answered can be watched. */
@NullMarked
package io.souk.bench.tap;

import org.jspecify.annotations.NullMarked;
