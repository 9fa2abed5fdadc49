package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/**
 * What came of confirmed orders that were held against their reservations.
 *
 * @param confirmed how many
 */
@RegisterForReflection
@Schema(name = "OrderReport")
record OrderReport(int confirmed, List<ReferenceFinding> findings) {}
