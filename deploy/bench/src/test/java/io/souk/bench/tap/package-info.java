@NullMarked
package io.souk.bench.tap;

import org.jspecify.annotations.NullMarked;
