package io.souk.bench.report;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * What is promised, what was measured, and whether that is enough.
 *
 * @param measured as it shall be printed
 */
public record Goal(String promise, String measured, boolean isMet) {
    public static Goal atMost(String what, double bound, String unit, double measured) {
        return new Goal(
                "%s: at most %s".formatted(what, number(bound, unit)), number(measured, unit), measured <= bound);
    }

    public static Goal atLeast(String what, double bound, String unit, double measured) {
        return new Goal(
                "%s: at least %s".formatted(what, number(bound, unit)), number(measured, unit), measured >= bound);
    }

    /**
     * That something never happens. Where it was not seen, the rule of three says how often it may happen all the same: with 95 %
     * certainty in at most 3 of N cases.
     */
    public static Goal never(String what, long seen, long cases) {
        return new Goal(
                "%s: never".formatted(what),
                seen == 0
                        ? "0 of %d, so with 95 %% certainty at most %.2f %%".formatted(cases, 100 * mostOften(cases))
                        : "%d of %d".formatted(seen, cases),
                seen == 0 && cases > 0);
    }

    /** The share of all cases that something may have, with 95 % certainty, which so many cases did not show. */
    static double mostOften(long cases) {
        return cases <= 3 ? 1 : 3.0 / cases;
    }

    public void print(PrintWriter out) {
        out.printf("%-6s %s; measured %s%n", isMet ? "met" : "missed", promise, measured);
        out.flush();
    }

    private static String number(double value, String unit) {
        var digits = value == Math.rint(value) ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, digits, value, unit);
    }
}
