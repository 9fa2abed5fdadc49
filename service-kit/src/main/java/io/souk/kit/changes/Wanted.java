package io.souk.kit.changes;

import io.souk.kit.tenant.TenantId;

import java.util.BitSet;

/**
 * Whose events of which topics somebody follows.
 *
 * @param topics by their place in {@link FeedTopics}; not changed by anybody
 */
record Wanted(TenantId tenant, BitSet topics) {
    boolean takes(FeedEvent event) {
        return topics.get(event.topic()) && tenant.equals(event.tenant());
    }
}
