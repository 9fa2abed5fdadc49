@NullMarked
package io.souk.catalog.product;

import org.jspecify.annotations.NullMarked;
