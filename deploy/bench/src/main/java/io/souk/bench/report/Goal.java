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

    public void print(PrintWriter out) {
        out.printf("%-6s %s; measured %s%n", isMet ? "met" : "missed", promise, measured);
        out.flush();
    }

    private static String number(double value, String unit) {
        var digits = value == Math.rint(value) ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, digits, value, unit);
    }
}
