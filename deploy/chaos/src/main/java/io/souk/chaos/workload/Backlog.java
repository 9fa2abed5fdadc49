package io.souk.chaos.workload;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** The orders of one tenant that its staff has to see to. Bounded; safe for several threads. */
final class Backlog {
    private static final int ROOM = 60;

    private final BlockingQueue<Sale> sales = new ArrayBlockingQueue<>(ROOM);

    /**
     * An order that was placed.
     *
     * @param customer whose it is; used by whoever has taken the sale, and by nobody else
     * @param paid whether some of its money was taken
     */
    record Sale(Client customer, String order, boolean paid) {
        Sale asPaid() {
            return new Sale(customer, order, true);
        }
    }

    /** Behind all others; where there is no room, those that came first are never seen to. */
    void add(Sale sale) {
        while (!sales.offer(sale)) {
            sales.poll();
        }
    }

    /** Takes the one that came first. */
    @Nullable
    Sale next() {
        return sales.poll();
    }
}
