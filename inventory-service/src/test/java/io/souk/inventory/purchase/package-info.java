@NullMarked
package io.souk.inventory.purchase;

import org.jspecify.annotations.NullMarked;
