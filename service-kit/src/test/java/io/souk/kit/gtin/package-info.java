@NullMarked
package io.souk.kit.gtin;

import org.jspecify.annotations.NullMarked;
