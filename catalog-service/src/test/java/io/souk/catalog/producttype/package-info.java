@NullMarked
package io.souk.catalog.producttype;

import org.jspecify.annotations.NullMarked;
