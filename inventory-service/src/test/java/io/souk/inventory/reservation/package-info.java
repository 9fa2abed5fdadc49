@NullMarked
package io.souk.inventory.reservation;

import org.jspecify.annotations.NullMarked;
