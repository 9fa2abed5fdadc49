@NullMarked
package io.souk.inventory.stock;

import org.jspecify.annotations.NullMarked;
