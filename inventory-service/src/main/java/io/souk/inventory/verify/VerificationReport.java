package io.souk.inventory.verify;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a part of the verification saw.
 *
 * @param next the cursor of the next part; null after the last one
 */
@Schema(name = "VerificationReport")
record VerificationReport(
        int levels,
        int reservations,
        int purchases,
        List<Finding> findings,
        @Nullable String next) {}
