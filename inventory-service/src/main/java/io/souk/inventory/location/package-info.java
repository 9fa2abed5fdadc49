/**
 * Where stock lies.
 *
 * <p>Tables: {@code location}. Out: {@code souk.inventory.location}. A tenant that names no location gets one called
 * {@code main} when it first needs one.
 */
@NullMarked
package io.souk.inventory.location;

import org.jspecify.annotations.NullMarked;
