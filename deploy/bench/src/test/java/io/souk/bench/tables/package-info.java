@NullMarked
package io.souk.bench.tables;

import org.jspecify.annotations.NullMarked;
