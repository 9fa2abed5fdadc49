@NullMarked
package io.souk.catalog;

import org.jspecify.annotations.NullMarked;
