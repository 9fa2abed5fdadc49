package io.souk.catalog.imports;

import io.souk.catalog.input.Fault;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What became of one row.
 *
 * @param line counted from 1
 * @param reasons why it was refused; empty otherwise
 * @param notes what of an accepted row was left out, and why
 */
record ImportRecord(
        long line,
        Outcome outcome,
        @Nullable UUID productId,
        @Nullable String sku,
        List<Fault> reasons,
        List<Fault> notes) {}
