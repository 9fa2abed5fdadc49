package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Instant;

/** Where operators find what was given up; the dead-letter topic stays the record of it. */
public interface DeadLetterIndex {
    /**
     * Notes a letter that goes to the topic next. The reader goes on when both are done, and tries for as long as it takes; so the
     * same letter may come again, and is noted once.
     */
    Uni<Void> add(GivenUp letter);

    /**
     * A record that a reader gave up.
     *
     * @param consumer the reader's name
     * @param reason at most 1,000 characters, none of them a control character
     */
    record GivenUp(String consumer, ConsumerRecord<byte[], byte[]> record, String reason, Instant at) {}
}
