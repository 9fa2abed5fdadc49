@NullMarked
package io.souk.bench.bare;

import org.jspecify.annotations.NullMarked;
