package io.souk.chaos.evidence;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What is known of goods and money: stock, what is held of it, orders and their payments. Amounts in minor units. */
public sealed interface Trade extends Fact {
    /**
     * A stock level as one of its events tells it.
     *
     * @param until when the last day of its lot is over; null for what has no lot
     */
    record LevelTold(
            Thing thing,
            Order order,
            long onHand,
            long reserved,
            long available,
            @Nullable Long until) implements Trade {}

    /**
     * A stock level's row, after the run.
     *
     * @param moved what the movements in its ledger add up to
     */
    record LevelAtRest(Thing thing, long onHand, long reserved, long moved) implements Trade {}

    /**
     * A reservation as one of its events tells it.
     *
     * @param orderId null for a client's
     */
    record ReservationTold(
            Thing thing,
            Order order,
            String status,
            @Nullable String orderId,
            long expiresAt) implements Trade {}

    /**
     * A reservation's row, after the run.
     *
     * @param orderId null for a client's
     * @param owner null for an order's
     * @param units what it has, or had, of each level
     * @param at when that was looked at, by the database's clock
     */
    record ReservationAtRest(
            Thing thing,
            String status,
            @Nullable String orderId,
            @Nullable String owner,
            long expiresAt,
            Map<String, Long> units,
            long at)
            implements Trade {}

    /** An order as one of its events tells it. */
    record OrderTold(Thing thing, Order order, String status, long total) implements Trade {}

    /**
     * An order's row, after the run.
     *
     * @param customer the subject of the token that placed it
     * @param payment null when it has none
     */
    record OrderAtRest(
            Thing thing,
            String status,
            String customer,
            long total,
            @Nullable Payment payment) implements Trade {}

    /**
     * The money of an order.
     *
     * @param capturing asked for and not answered, as is {@code refunding}
     * @param moved what its captures that succeeded add up to
     * @param returned what its refunds that succeeded add up to
     * @param refused how many captures the provider has refused
     */
    record Payment(
            String status,
            long amount,
            long captured,
            long capturing,
            long refunded,
            long refunding,
            long moved,
            long returned,
            long refused) {}

    /**
     * A request that must have its effect once, however often it is sent.
     *
     * @param customer who sent it, and for whom nobody else sends any
     * @param aggregate of what it makes
     * @param outcome of this time
     * @param made what the answer says that was made; null where it says nothing
     */
    record Asked(
            String tenant,
            String customer,
            String aggregate,
            String key,
            Outcome outcome,
            @Nullable Thing made) implements Trade {}

    /**
     * An order or a reservation as an answer shows it.
     *
     * @param operation its number
     * @param total null for a reservation
     */
    record Shown(
            long operation,
            Thing thing,
            Order order,
            String status,
            @Nullable Long total) implements Trade {}
}
