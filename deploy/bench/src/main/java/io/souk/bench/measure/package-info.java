/** Load that comes whether or not it is kept up with, and how long things took under it. */
@NullMarked
package io.souk.bench.measure;

import org.jspecify.annotations.NullMarked;
