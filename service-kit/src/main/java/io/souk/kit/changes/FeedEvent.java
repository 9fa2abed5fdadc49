package io.souk.kit.changes;

import io.souk.kit.tenant.TenantId;

/**
 * An event as it stands in the log and as it is sent.
 *
 * @param topic its place in {@link FeedTopics}
 * @param json a CloudEvent in structured mode; not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record FeedEvent(int topic, int partition, long offset, TenantId tenant, byte[] json) {}
