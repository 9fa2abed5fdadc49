/** The orders service: what customers buy, from checkout to its outcome. */
@NullMarked
package io.souk.orders;

import org.jspecify.annotations.NullMarked;
