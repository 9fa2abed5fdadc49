@NullMarked
package io.souk.catalog.tenant;

import org.jspecify.annotations.NullMarked;
