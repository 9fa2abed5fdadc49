package io.souk.orders.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a part of the verification saw.
 *
 * @param orders how many
 * @param next the cursor of the next part; null after the last one
 */
@RegisterForReflection
@Schema(name = "OrderVerificationReport")
record OrderVerificationReport(
        int orders, List<OrderFinding> findings, @Nullable String next) {}
