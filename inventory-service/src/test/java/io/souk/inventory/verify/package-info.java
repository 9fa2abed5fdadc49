@NullMarked
package io.souk.inventory.verify;

import org.jspecify.annotations.NullMarked;
