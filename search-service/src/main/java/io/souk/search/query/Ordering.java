package io.souk.search.query;

/** The orders that a result can have; products that are equal in it are ordered by id. */
public enum Ordering {
    /** Best match first. */
    RELEVANCE("relevance"),
    /** Lowest price first; products without a price in the asked currency last. */
    PRICE_UP("price"),
    /** Highest of the lowest prices first; products without a price in the asked currency last. */
    PRICE_DOWN("-price"),
    /** By folded name: case and accents do not matter. */
    NAME("name"),
    /** Published last first. */
    NEWEST("newest");

    private final String word;

    Ordering(String word) {
        this.word = word;
    }

    /** The word in the parameter {@code sort}. */
    public String word() {
        return word;
    }

    boolean needsCurrency() {
        return this == PRICE_UP || this == PRICE_DOWN;
    }
}
