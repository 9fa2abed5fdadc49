/** What the tables, the log, the cache and the services hold once all has come to rest. */
@NullMarked
package io.souk.chaos.harvest;

import org.jspecify.annotations.NullMarked;
