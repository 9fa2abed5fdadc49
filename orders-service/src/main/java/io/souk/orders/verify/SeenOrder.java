package io.souk.orders.verify;

import io.souk.orders.order.OrderStatus;
import io.souk.orders.verify.OrderFinding.Kind;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An order beside what proves it, as of one moment. Amounts in minor units.
 *
 * @param late whether it is open, and its deadline passed long ago
 * @param linesTotal what its lines add up to
 * @param steps entries of its timeline
 * @param payment null when it has none
 * @param cartLocked whether a cart waits for it
 */
record SeenOrder(
        UUID id,
        OrderStatus status,
        long version,
        boolean late,
        long total,
        long linesTotal,
        long steps,
        @Nullable SeenPayment payment,
        boolean cartLocked) {

    /** What it needs of the payment; the names of its states are the payment's own. */
    record SeenPayment(String status, long amount, long captured, long capturing, long refunded, long refunding) {
        /** Captured or not. */
        boolean isAuthorised() {
            return status.equals("AUTHORISED");
        }

        boolean isGivenBack() {
            return switch (status) {
                case "DECLINED", "VOIDING", "VOIDED" -> true;
                default -> false;
            };
        }
    }

    List<OrderFinding> findings() {
        var findings = new ArrayList<OrderFinding>();
        if (late) {
            findings.add(finding(Kind.LATE, "it is " + status + " and should have ended"));
        }
        if (total != linesTotal) {
            findings.add(finding(
                    Kind.WRONG_TOTAL, "its total is %d, but its lines add up to %d".formatted(total, linesTotal)));
        }
        if (steps != version) {
            findings.add(finding(
                    Kind.TIMELINE_GAP,
                    "it is at version %d, but its timeline has %d entries".formatted(version, steps)));
        }
        if (cartLocked && status.isOutcome()) {
            findings.add(finding(Kind.CART_LOCKED, "it is " + status + ", but its cart waits for it"));
        }
        addOfPayment(findings);
        return findings;
    }

    /** When the order cannot be repaired. */
    List<OrderFinding> findingsThatStay() {
        var findings = findings();
        findings.add(finding(Kind.NOT_REPAIRED, "its repair failed; the service's log says why"));
        return findings;
    }

    private void addOfPayment(List<OrderFinding> findings) {
        if (payment == null) {
            findings.add(finding(Kind.NO_PAYMENT, "it has no payment"));
            return;
        }
        if (payment.amount() != total) {
            findings.add(finding(
                    Kind.WRONG_TOTAL, "its total is %d, but its payment is of %d".formatted(total, payment.amount())));
        }
        switch (status) {
            case PLACED, RESERVED, AUTHORISED -> {}
            case CONFIRMED -> addOfConfirmed(payment, findings);
            case FULFILLED, DELIVERED -> {
                addOfConfirmed(payment, findings);
                addOfSent(payment, findings);
            }
            case REJECTED, DECLINED, EXPIRED, CANCELLED -> addOfEnded(payment, findings);
        }
    }

    private void addOfConfirmed(SeenPayment held, List<OrderFinding> findings) {
        if (!held.isAuthorised()) {
            findings.add(finding(Kind.UNPAID, "it is " + status + ", but its payment is " + held.status()));
        }
    }

    private void addOfSent(SeenPayment due, List<OrderFinding> findings) {
        long taken = due.captured() + due.capturing();
        if (due.isAuthorised() && taken < due.amount()) {
            findings.add(finding(
                    Kind.NOT_CAPTURED,
                    "it is %s, but of %d only %d are captured or about to be".formatted(status, due.amount(), taken)));
        }
    }

    private void addOfEnded(SeenPayment ended, List<OrderFinding> findings) {
        if (!ended.isGivenBack()) {
            findings.add(finding(Kind.MONEY_KEPT, "it is " + status + ", but its payment is " + ended.status()));
        } else if (ended.captured() > ended.refunded() + ended.refunding()) {
            findings.add(finding(
                    Kind.NOT_REFUNDED,
                    "%d were captured, and %d are refunded or about to be"
                            .formatted(ended.captured(), ended.refunded() + ended.refunding())));
        }
    }

    private OrderFinding finding(Kind kind, String detail) {
        return new OrderFinding(kind, id, false, detail);
    }
}
