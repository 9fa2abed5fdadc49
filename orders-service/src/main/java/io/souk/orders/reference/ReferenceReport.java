package io.souk.orders.reference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What a part of the verification saw.
 *
 * @param orders how many
 * @param references how many of their lines were looked up; an order that ended without success needs nothing any more
 * @param confirmed those of the orders that have been CONFIRMED for a while: inventory must hold their stock
 * @param next the cursor of the next part; null after the last one
 */
@RegisterForReflection
@Schema(name = "ReferenceReport")
record ReferenceReport(
        int orders,
        int references,
        List<ReferenceFinding> findings,
        List<UUID> confirmed,
        @Nullable String next) {}
