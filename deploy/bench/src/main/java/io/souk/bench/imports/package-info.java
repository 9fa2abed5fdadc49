/**
 * A large file from the command that loads it to warm cache and search: how long it takes, what it costs in memory, and
 * that loading it again changes nothing.
 */
@NullMarked
package io.souk.bench.imports;

import org.jspecify.annotations.NullMarked;
