@NullMarked
package io.souk.bench.report;

import org.jspecify.annotations.NullMarked;
