package io.souk.orders.payment;

/** When a provider is asked, again or anew. */
final class Turns {
    private Turns() {}

    /**
     * SQL for the next turn of a row whose provider is called: 10 s after the first one.
     *
     * @param row the alias of the row, which counts its {@code attempts}
     */
    static String nextCall(String row) {
        return later(row + ".attempts", 10);
    }

    /**
     * SQL for the next turn of a look that gets no answer: 2 minutes after the first one, which is longer than a round of looks.
     *
     * @param row the alias of the row, which counts its {@code check_attempts}
     */
    static String nextLook(String row) {
        return later(row + ".check_attempts", 120);
    }

    /**
     * SQL for the next look at a payment that has ended: 10 minutes, 2 hours and a day later; null after that.
     *
     * @param checks the looks before, an expression
     */
    static String nextCheck(String checks) {
        return "case when %1$s < 3 then now() + power(12, %1$s) * interval '10 minutes' end".formatted(checks);
    }

    /** Twice as late each time, an hour at most, and half of it by chance. It never ends: it is about money. */
    private static String later(String attempts, int firstSeconds) {
        return "now() + least(3600, %d * power(2, least(%s, 12))) * (0.5 + random() / 2) * interval '1 second'"
                .formatted(firstSeconds, attempts);
    }
}
