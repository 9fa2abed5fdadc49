package io.souk.inventory.purchase;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * How a supplier does, between two days.
 *
 * @param orders those of these days that are due: closed, or past the day on which they were expected
 * @param fillRate of the units of these, what part has come; more than was asked for counts as all of it; null without any
 * @param unitsReceived what came on these days, ordered or not
 * @param leadTimeDays from order to arrival, the average over the units whose order is known; null without any
 * @param onTimeRate what part of the units that had a day came by then; null without any
 * @param costs what was paid, by currency, for the units whose cost is known
 */
@RegisterForReflection
@Schema(name = "SupplierPerformance")
record PerformanceView(
        UUID supplierId,
        LocalDate from,
        LocalDate to,
        long orders,
        @Nullable BigDecimal fillRate,
        BigDecimal unitsReceived,
        @Nullable BigDecimal leadTimeDays,
        @Nullable BigDecimal onTimeRate,
        List<Cost> costs) {

    /** In minor units; the average has up to four decimals of one. */
    @RegisterForReflection
    @Schema(name = "SupplierCost")
    record Cost(String currency, BigDecimal units, BigDecimal totalAmount, BigDecimal averageUnitAmount) {}
}
