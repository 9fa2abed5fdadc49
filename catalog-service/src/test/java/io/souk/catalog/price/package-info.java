@NullMarked
package io.souk.catalog.price;

import org.jspecify.annotations.NullMarked;
