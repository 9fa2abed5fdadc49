@NullMarked
package io.souk.chaos.check;

import org.jspecify.annotations.NullMarked;
