/**
 * Where stock lies.
 *
 * <p>A location is the tenant's own or one vendor's, for good. {@link io.souk.inventory.location.Reach} says whose somebody may
 * see and change, here and wherever stock is booked or read.
 *
 * <p>Tables: {@code location}. Out: {@code souk.inventory.location}. A tenant that names no location gets one called
 * {@code main} when it first needs one.
 */
@NullMarked
package io.souk.inventory.location;

import org.jspecify.annotations.NullMarked;
