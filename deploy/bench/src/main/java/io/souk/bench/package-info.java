/**
 * The benchmarks, {@code ./souk bench NAME}: one package each, beside what they share. Each starts what it measures on data and
 * ports of its own, prints tables, and says of each goal whether it is met.
 *
 * <p>Promise: a missed goal is told, not hidden, and is no failure of the benchmark (exit code 0); what it has started is
 * stopped and what it has stored is deleted, whatever happens. Absolute figures belong to the machine; ratios within one run count.
 */
@NullMarked
package io.souk.bench;

import org.jspecify.annotations.NullMarked;
