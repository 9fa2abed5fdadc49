package io.souk.search.index;

import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.search.document.SearchDocument;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** One version of one document; without a document the product is gone. */
record IndexChange(
        TenantId tenant, UUID id, Order order, @Nullable SearchDocument document) {
    String key() {
        return Fields.key(tenant, id);
    }
}
