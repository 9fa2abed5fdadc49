@NullMarked
package io.souk.catalog.card;

import org.jspecify.annotations.NullMarked;
