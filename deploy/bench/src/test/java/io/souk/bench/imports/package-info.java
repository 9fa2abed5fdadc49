@NullMarked
package io.souk.bench.imports;

import org.jspecify.annotations.NullMarked;
