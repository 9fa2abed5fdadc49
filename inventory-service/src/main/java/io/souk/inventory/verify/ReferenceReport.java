package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a part of the verification saw.
 *
 * @param references how many levels, units on their way, tracked variants, purchase orders and packs
 * @param next the cursor of the next part; null after the last one
 */
@RegisterForReflection
@Schema(name = "ReferenceReport")
record ReferenceReport(
        int references,
        List<ReferenceFinding> findings,
        @Nullable String next) {}
