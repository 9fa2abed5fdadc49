@NullMarked
package io.souk.inventory.pack;

import org.jspecify.annotations.NullMarked;
