@NullMarked
package io.souk.orders.cart;

import org.jspecify.annotations.NullMarked;
