@NullMarked
package io.souk.catalog.availability;

import org.jspecify.annotations.NullMarked;
