@NullMarked
package io.souk.inventory.supplier;

import org.jspecify.annotations.NullMarked;
