package io.souk.orders.reference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/**
 * What came of reservations that were held against their orders.
 *
 * @param reservations how many
 */
@RegisterForReflection
@Schema(name = "ReservationReport")
record ReservationReport(int reservations, List<ReferenceFinding> findings) {}
