@NullMarked
package io.souk.bench.process;

import org.jspecify.annotations.NullMarked;
