@NullMarked
package io.souk.catalog.imports;

import org.jspecify.annotations.NullMarked;
