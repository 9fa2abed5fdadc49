@NullMarked
package io.souk.orders.checkout;

import org.jspecify.annotations.NullMarked;
