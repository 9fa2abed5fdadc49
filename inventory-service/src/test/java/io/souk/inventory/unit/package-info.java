@NullMarked
package io.souk.inventory.unit;

import org.jspecify.annotations.NullMarked;
