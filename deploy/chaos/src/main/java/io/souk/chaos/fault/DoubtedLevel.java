package io.souk.chaos.fault;

import org.jspecify.annotations.Nullable;

/**
 * A level of stock of which a record was told under another tenant's header; in doubt until its next change.
 *
 * @param lot null, as is its last day, for what has no lot
 */
public record DoubtedLevel(
        String tenant,
        String sku,
        @Nullable String lot,
        @Nullable String expiresOn) {}
