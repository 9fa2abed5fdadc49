@NullMarked
package io.souk.orders.customer;

import org.jspecify.annotations.NullMarked;
