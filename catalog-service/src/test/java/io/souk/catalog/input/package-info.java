@NullMarked
package io.souk.catalog.input;

import org.jspecify.annotations.NullMarked;
