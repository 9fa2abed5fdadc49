package io.souk.search.query;

import java.util.UUID;

/**
 * The place of a product in a result: what it is ordered by, then its id. A page that goes on after a position does not
 * depend on the product still being there.
 *
 * @param relaxed whether the result was found without wanting every word
 */
public record Position(boolean relaxed, Value value, UUID id) {

    /** What the product is ordered by. */
    public sealed interface Value {
        record Score(float score) implements Value {}

        record Whole(long number) implements Value {}

        record Text(String text) implements Value {}
    }
}
