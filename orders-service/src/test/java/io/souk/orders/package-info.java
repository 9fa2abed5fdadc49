@NullMarked
package io.souk.orders;

import org.jspecify.annotations.NullMarked;
