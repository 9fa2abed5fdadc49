/** What a run leaves behind: operations, faults, commits, the log, rows and cache entries, as lines of JSON from which it can be judged again. */
@NullMarked
package io.souk.chaos.evidence;

import org.jspecify.annotations.NullMarked;
