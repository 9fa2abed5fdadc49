/** What Linux tells of a process: memory, CPU time, the options it was started with. */
@NullMarked
package io.souk.bench.process;

import org.jspecify.annotations.NullMarked;
