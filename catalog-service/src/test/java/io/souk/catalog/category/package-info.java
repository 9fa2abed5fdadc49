@NullMarked
package io.souk.catalog.category;

import org.jspecify.annotations.NullMarked;
