/** What the benchmarks print: tables, and goals with whether they are met. */
@NullMarked
package io.souk.bench.report;

import org.jspecify.annotations.NullMarked;
