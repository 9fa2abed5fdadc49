package io.souk.orders.payment;

import java.util.regex.Pattern;

/** Tells what looks like the number of a payment card (ISO/IEC 7812). */
final class CardNumber {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MIN_DIGITS = 12;
    private static final int MAX_DIGITS = 19;

    private CardNumber() {}

    /** Whether its letters and digits are 12 to 19 digits, the last of which is their check digit (Luhn); what stands between them does not count. */
    static boolean looksLike(String text) {
        var digits = BETWEEN.matcher(text).replaceAll("");
        return digits.length() >= MIN_DIGITS
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && sum(digits) % 10 == 0;
    }

    /** From the last digit on, every second one counts twice, and its two digits add up. */
    private static int sum(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed / 10 + weighed % 10;
        }
        return sum;
    }
}
