@NullMarked
package io.souk.orders.timeline;

import org.jspecify.annotations.NullMarked;
