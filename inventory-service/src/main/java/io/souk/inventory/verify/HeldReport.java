package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a part of the reservations holds for orders.
 *
 * @param reservations those of the part that live and have not changed for a while: each must have its order
 * @param next the cursor of the next part; null after the last one
 */
@RegisterForReflection
@Schema(name = "HeldReport")
record HeldReport(List<HeldForOrder> reservations, @Nullable String next) {}
