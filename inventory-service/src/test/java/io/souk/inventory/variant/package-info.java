@NullMarked
package io.souk.inventory.variant;

import org.jspecify.annotations.NullMarked;
