package io.souk.inventory.reservation;

import io.souk.inventory.stock.Need;
import io.souk.kit.idempotency.IdempotentBatch.Command;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What is to be held under one new reservation: all of it or nothing. */
sealed interface Cart {
    /** The id that the reservation will have. */
    UUID reservation();

    /** How many lines it has. */
    int size();

    /** The owner's reservation that makes room for this one; null for none. */
    @Nullable
    UUID replaces();

    /**
     * An order's, told by an event. Asking twice is harmless: an order has one reservation. That {@code replaces} is its
     * customer's was found out before the order was placed.
     */
    record OfOrder(
            UUID reservation,
            UUID order,
            UUID event,
            List<Need> needs,
            @Nullable UUID replaces) implements Cart {
        @Override
        public int size() {
            return needs.size();
        }
    }

    /**
     * A client's.
     *
     * @param bounded whether it is a customer's own request, of whom nobody may have more than a customer's part
     */
    record OfOwner(
            UUID reservation,
            String owner,
            boolean bounded,
            List<CartLine> lines,
            Duration lifetime,
            @Nullable UUID replaces,
            Command command)
            implements Cart {
        @Override
        public int size() {
            return lines.size();
        }
    }
}
