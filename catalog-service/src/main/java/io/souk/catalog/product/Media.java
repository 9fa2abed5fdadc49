package io.souk.catalog.product;

import org.jspecify.annotations.Nullable;

/** A picture of a product. {@code alt} says what it shows to who cannot see it. */
public record Media(String url, @Nullable String alt) {}
