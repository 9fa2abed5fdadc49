package io.souk.orders.reference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a part of the verification saw.
 *
 * @param orders how many
 * @param references how many of their lines were looked up; an order that ended without success needs nothing any more
 * @param next the cursor of the next part; null after the last one
 */
@RegisterForReflection
@Schema(name = "ReferenceReport")
record ReferenceReport(
        int orders,
        int references,
        List<ReferenceFinding> findings,
        @Nullable String next) {}
