package io.souk.kit.changes;

import io.souk.kit.event.EventRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a record of the log is to those who follow: an event, or nothing to them (a heartbeat, or what nobody could read). */
final class FeedRecords {
    private FeedRecords() {}

    /** Null when it is no event, or when its key and its header name different tenants. */
    static @Nullable FeedEvent event(FeedTopics topics, ConsumerRecord<byte[], byte[]> record) {
        var key = EventRecords.findKey(record);
        if (key == null || !key.tenant().value().equals(EventRecords.find(record.headers(), EventRecords.TENANT))) {
            return null;
        }
        byte @Nullable [] json = EventJson.of(record);
        return json == null
                ? null
                : new FeedEvent(
                        topics.indexOf(record.topic()), record.partition(), record.offset(), key.tenant(), json);
    }
}
