package io.souk.kit.http;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/** A query parameter that is one of a few words. */
public final class QueryWord {
    private QueryWord() {}

    /** The word of that name; null where the parameter is missing; 400 naming the parameter, and what it may be, otherwise. */
    public static <E extends Enum<E>> @Nullable E parsed(Class<E> words, String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        var known = words.getEnumConstants();
        return Arrays.stream(known)
                .filter(word -> word.name().equals(value))
                .findFirst()
                .orElseThrow(() -> MALFORMED
                        .because("There is no such " + parameter)
                        .parameter(
                                parameter,
                                "is none of "
                                        + Arrays.stream(known).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
