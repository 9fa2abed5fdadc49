/**
 * Where stock lies.
 *
 * <p>A location is the tenant's own or one vendor's, for good. {@link io.souk.inventory.location.Reach} says whose somebody may
 * see and change, here and wherever stock is booked or read. One that is closed is empty: whoever brings goods to a location holds
 * its row, through {@link io.souk.inventory.location.OpenLocations}, and whoever closes it waits for them and then asks every
 * {@link io.souk.inventory.location.LocationUse}.
 *
 * <p>Tables: {@code location}. Out: {@code souk.inventory.location}. A tenant that names no location gets one called
 * {@code main} when it first needs one.
 */
@NullMarked
package io.souk.inventory.location;

import org.jspecify.annotations.NullMarked;
