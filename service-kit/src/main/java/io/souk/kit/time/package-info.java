/** Time as an injected {@link java.time.Clock}. Owns no table and no topic. */
@NullMarked
package io.souk.kit.time;

import org.jspecify.annotations.NullMarked;
