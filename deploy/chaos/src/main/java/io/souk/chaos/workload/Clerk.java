package io.souk.chaos.workload;

import io.souk.chaos.workload.Backlog.Sale;
import org.jspecify.annotations.Nullable;

import java.util.Random;

/**
 * A tenant's staff, who sees to its orders in turn, as long as their checkout may take: looks at one, does one thing that may be done
 * then, and comes back to it later.
 */
final class Clerk {
    private final Backlog backlog;
    private final Till till;
    private final Random random;

    Clerk(Backlog backlog, Till till, Random random) {
        this.backlog = backlog;
        this.till = till;
        this.random = random;
    }

    /** One order. */
    void step() {
        var sale = backlog.next();
        var later = sale == null ? null : see(sale);
        if (later != null) {
            backlog.add(later);
        }
    }

    /** What is to be seen again; null when nobody comes back to it. */
    private @Nullable Sale see(Sale sale) {
        var answer = till.look(sale.customer(), sale.order());
        if (!answer.ok()) {
            return sale;
        }
        return switch (answer.body().path("status").asText()) {
            case "PLACED", "RESERVED", "AUTHORISED" -> sale;
            case "CONFIRMED" -> sale.paid() ? paid(sale) : confirmed(sale);
            case "FULFILLED" -> sent(sale);
            case "DELIVERED" -> arrived(sale);
            default -> null;
        };
    }

    private @Nullable Sale confirmed(Sale sale) {
        switch (random.nextInt(10)) {
            case 0 -> till.cancel(sale.customer(), sale.order());
            case 1 -> till.race(sale.customer(), sale.order());
            case 2, 3, 4, 5 -> {
                return till.capture(sale.order()).ok() ? sale.asPaid() : sale;
            }
            case 6, 7, 8 -> till.fulfil(sale.order());
            default -> {
                return null;
            }
        }
        return sale;
    }

    private @Nullable Sale paid(Sale sale) {
        switch (random.nextInt(10)) {
            case 0 -> till.cancel(sale.customer(), sale.order()); // is refused: the shop can
            case 1 -> till.cancel(sale.order());
            case 2 -> till.race(sale.customer(), sale.order());
            case 3 -> till.capture(sale.order());
            case 4, 5 -> till.refund(sale.order());
            case 6, 7, 8 -> till.fulfil(sale.order());
            default -> {
                return null;
            }
        }
        return sale;
    }

    /** What was paid may go back all the same; nobody can cancel it any more. */
    private @Nullable Sale sent(Sale sale) {
        switch (random.nextInt(8)) {
            case 0 -> till.cancel(sale.order());
            case 1 -> till.refund(sale.order());
            case 2, 3, 4, 5, 6 -> till.deliver(sale.order());
            default -> {
                return null;
            }
        }
        return sale;
    }

    private @Nullable Sale arrived(Sale sale) {
        if (random.nextInt(3) == 0) {
            till.refund(sale.order());
        }
        return null;
    }
}
