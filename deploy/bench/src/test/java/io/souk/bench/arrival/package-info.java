@NullMarked
package io.souk.bench.arrival;

import org.jspecify.annotations.NullMarked;
