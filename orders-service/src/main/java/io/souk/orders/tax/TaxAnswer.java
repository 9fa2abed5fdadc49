package io.souk.orders.tax;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What can be said of a provider's answer without knowing the law. */
final class TaxAnswer {
    private TaxAnswer() {}

    /** An answer by which nobody may be charged. */
    static final class Nonsense extends RuntimeException {
        private static final long serialVersionUID = 1;

        Nonsense(String why) {
            super(why, null, false, false);
        }
    }

    /** Fails with {@link Nonsense} unless each line has its entry, whole and in its currency, and no tax is more than its price. */
    static void check(List<TaxableLine> lines, List<Optional<LineTax>> answer) {
        if (answer == null || answer.size() != lines.size()) {
            throw new Nonsense("%d lines were asked for, and the answer is %s".formatted(lines.size(), answer));
        }
        IntStream.range(0, lines.size()).forEach(i -> check(i, lines.get(i), answer.get(i)));
    }

    private static void check(int i, TaxableLine line, Optional<LineTax> entry) {
        if (entry == null) {
            throw new Nonsense("line %d has null".formatted(i));
        }
        entry.ifPresent(tax -> {
            if (tax.rate() == null || tax.amount() == null) {
                throw new Nonsense("line %d bears half a tax: %s".formatted(i, tax));
            }
            boolean sameCurrency =
                    Objects.equals(tax.amount().currency(), line.amount().currency());
            // A rate is at most the whole price, so more than that is another line's, or in other units.
            if (!sameCurrency || tax.amount().amount() > line.amount().amount()) {
                throw new Nonsense("line %d at %s cannot bear %s".formatted(i, line.amount(), tax.amount()));
            }
        });
    }
}
