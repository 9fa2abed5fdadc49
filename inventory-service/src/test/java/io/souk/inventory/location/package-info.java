@NullMarked
package io.souk.inventory.location;

import org.jspecify.annotations.NullMarked;
