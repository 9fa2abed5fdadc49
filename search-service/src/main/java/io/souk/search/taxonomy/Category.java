package io.souk.search.taxonomy;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** One node of the tree; without a parent it is a root. */
public record Category(
        UUID id,
        String name,
        @Nullable String slug,
        @Nullable UUID parent) {}
