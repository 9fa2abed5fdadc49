@NullMarked
package io.souk.chaos.fleet;

import org.jspecify.annotations.NullMarked;
