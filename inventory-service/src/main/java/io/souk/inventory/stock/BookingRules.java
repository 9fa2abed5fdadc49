package io.souk.inventory.stock;

import io.souk.inventory.pack.Bounds;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** What every booking's request keeps. */
final class BookingRules {
    static final int MAX_LINES = 500;

    /** The most that one line moves: a thousandth of what a level can count. */
    static final long MAX_QUANTITY = StockLevel.MAX_UNITS / 1_000;

    static final Bounds MOVED = Bounds.between(1, MAX_QUANTITY);
    static final Bounds ADJUSTED = Bounds.upToEitherWay(MAX_QUANTITY);
    static final Bounds COUNTED = Bounds.between(0, StockLevel.MAX_UNITS);

    private BookingRules() {}

    /**
     * The lines once all of the request is known to be good; throws {@code problem} with each bad field otherwise.
     *
     * @param check adds what is wrong with a line, under its JSON Pointer, to the problem
     * @param line makes one of a good line and its number
     */
    static <T, L> List<L> lines(
            @Nullable List<@Nullable T> asked,
            @Nullable String reference,
            Problem problem,
            BiConsumer<T, String> check,
            BiFunction<T, Integer, L> line) {
        if (reference != null && (reference.isBlank() || reference.length() > Paper.MAX_REFERENCE)) {
            problem.at("/reference", "must have 1 to " + Paper.MAX_REFERENCE + " characters");
        }
        if (asked == null || asked.isEmpty() || asked.size() > MAX_LINES) {
            throw problem.at("/lines", "must have 1 to " + MAX_LINES + " lines");
        }
        var valid = new ArrayList<L>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            var one = asked.get(i);
            if (one == null) {
                problem.at("/lines/" + i, "must not be null");
            } else {
                check.accept(one, "/lines/" + i);
                if (problem.errors().isEmpty()) {
                    valid.add(line.apply(one, i));
                }
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return valid;
    }
}
