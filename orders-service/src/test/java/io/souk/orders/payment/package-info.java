@NullMarked
package io.souk.orders.payment;

import org.jspecify.annotations.NullMarked;
