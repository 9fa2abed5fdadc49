package io.souk.inventory.reservation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.stock.Need;
import io.souk.kit.consumer.PoisonEvent;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * What this service reads of an order.
 *
 * @param replaces the customer's own reservation whose place the order takes; null for none, as in events of before there were any
 */
@RegisterForReflection
record OrderState(String status, List<Line> lines, @Nullable UUID replaces) {
    /** Orders takes a hundred; the rest is room. */
    private static final int MAX_LINES = 1_000;

    OrderState {
        requireNonNull(status, "status");
        lines = List.copyOf(lines);
    }

    @RegisterForReflection
    record Line(int line, UUID variantId, String sku, long quantity) {
        Line {
            requireNonNull(variantId, "variantId");
            requireNonNull(sku, "sku");
        }
    }

    OrderWish wish() {
        return OrderWish.of(status);
    }

    List<Need> needs() {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new PoisonEvent("an order has 1 to " + MAX_LINES + " lines, not " + lines.size());
        }
        try {
            return lines.stream()
                    .map(line -> new Need(line.line(), line.variantId(), line.sku(), line.quantity(), null))
                    .toList();
        } catch (IllegalArgumentException impossible) {
            throw new PoisonEvent("an order's line cannot be held", impossible);
        }
    }
}
