@NullMarked
package io.souk.chaos.evidence;

import org.jspecify.annotations.NullMarked;
