package io.souk.kit.gtin;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Optional;

/**
 * A GS1 article number with a valid check digit, always as 14 digits: GTIN-8, -12 and -13 are the same number with fewer
 * leading zeros, so every padded form is equal. Zeros alone are nobody's number, though their check digit fits: what is left of
 * an empty field.
 */
public record Gtin(String digits) implements Comparable<Gtin> {
    private static final int LENGTH = 14;

    public Gtin {
        if (digits.length() != LENGTH || !isNumber(digits) || !isGiven(digits)) {
            throw new IllegalArgumentException("not a GTIN of 14 digits");
        }
    }

    /** Empty unless the text is 8, 12, 13 or 14 digits, not all zeros, the last of which is the check digit of the others. */
    public static Optional<Gtin> parse(String text) {
        int length = text.length();
        if ((length != 8 && length != 12 && length != 13 && length != LENGTH) || !isNumber(text)) {
            return Optional.empty();
        }
        var padded = "0".repeat(LENGTH - length) + text;
        return isGiven(padded) ? Optional.of(new Gtin(padded)) : Optional.empty();
    }

    @JsonValue
    @Override
    public String toString() {
        return digits;
    }

    @Override
    public int compareTo(Gtin other) {
        return digits.compareTo(other.digits);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isGiven(String digits) {
        return checkDigitFits(digits) && digits.chars().anyMatch(digit -> digit != '0');
    }

    /** GS1 General Specifications 7.9: weights 3 and 1 in turn from the left of 14 digits, sum a multiple of ten. */
    private static boolean checkDigitFits(String digits) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return sum % 10 == 0;
    }
}
