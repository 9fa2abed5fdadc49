package io.souk.inventory.stock;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Goods of one making, which expire together.
 *
 * @param expiresOn the last day on which they are sold, UTC
 */
public record Lot(String code, LocalDate expiresOn) {
    private static final Pattern CODE = Pattern.compile("[!-~]{1,40}");

    /** Adds what is wrong with the code of what lies at {@code pointer}. */
    static void check(@Nullable String code, String pointer, Problem problem) {
        if (code != null && !CODE.matcher(code).matches()) {
            problem.at(pointer + "/lot", "must be 1 to 40 visible ASCII characters");
        }
    }
}
