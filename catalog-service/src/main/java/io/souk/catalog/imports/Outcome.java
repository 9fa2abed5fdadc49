package io.souk.catalog.imports;

import java.util.Locale;

/** What became of a row. */
public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REJECTED;

    /** The name under which the job counts it. */
    String count() {
        return name().toLowerCase(Locale.ROOT);
    }
}
