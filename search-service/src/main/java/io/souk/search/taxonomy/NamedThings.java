package io.souk.search.taxonomy;

/** The two kinds of things whose names stand in documents. */
public enum NamedThings {
    BRANDS,
    CATEGORIES
}
