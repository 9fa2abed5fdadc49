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
     * A stock level's row while everything goes on, and what proves it, of one moment.
     *
     * @param moved what the movements in its ledger add up to
     * @param held what open and confirmed reservations have of it
     */
    record LevelSeen(Thing thing, long onHand, long reserved, long moved, long held) implements Trade {}

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
     * @param shipped what has left each level for it, as the ledger says
     * @param at when that was looked at, by the database's clock
     */
    record ReservationAtRest(
            Thing thing,
            String status,
            @Nullable String orderId,
            @Nullable String owner,
            long expiresAt,
            Map<String, Long> units,
            Map<String, Long> shipped,
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
     * @param id under which its provider knows it
     * @param capturing asked for and not answered, as is {@code refunding}
     * @param moved what its captures that succeeded add up to
     * @param returned what its refunds that succeeded add up to
     * @param refused how many captures the provider has refused
     */
    record Payment(
            String id,
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

    /** What money and goods do, as the books name it. */
    enum Move {
        CAPTURE,
        REFUND,
        RECEIPT
    }

    /**
     * A movement as an answer tells it.
     *
     * @param quantity minor units of money, or units of goods
     */
    record Moved(String id, long quantity) {}

    /**
     * A request to move money or goods once, however often it is sent.
     *
     * @param of the order whose money it is, or the SKU that comes in
     * @param quantity null for all that there is
     * @param outcome of this time
     * @param moved null where the answer says nothing
     */
    record MoveAsked(
            String tenant,
            Move move,
            String of,
            String key,
            @Nullable Long quantity,
            Outcome outcome,
            @Nullable Moved moved)
            implements Trade {}

    /**
     * A capture, a refund or a receipt in the owner's books, after the run.
     *
     * @param of the order whose money it is, or the SKU that came in
     * @param quantity minor units of money, or units of goods
     * @param refused by the provider
     */
    record MoveAtRest(String tenant, Move move, String of, String id, long quantity, boolean refused)
            implements Trade {}

    /** What a payment provider does. */
    enum Call {
        AUTHORISE,
        VOID,
        CAPTURE,
        REFUND
    }

    /**
     * A call that the provider has approved, as it stands in its own books; a call that was repeated stands there as often.
     *
     * @param movement of a capture or a refund; null otherwise
     * @param amount null for a void
     */
    record Approved(
            Call kind,
            String payment,
            @Nullable String movement,
            @Nullable Long amount) implements Trade {}

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
