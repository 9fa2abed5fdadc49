@NullMarked
package io.souk.orders.tax;

import org.jspecify.annotations.NullMarked;
