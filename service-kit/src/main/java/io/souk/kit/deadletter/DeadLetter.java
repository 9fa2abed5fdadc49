package io.souk.kit.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A record that its consumer gave up.
 *
 * @param seq its place among this service's letters, by when they were first given up
 * @param id the same however often the record is given up by that consumer
 * @param record as the consumer got it, at its topic, partition and offset
 * @param tenant as the record's key says; null when that is no key of ours
 * @param reason why it failed last
 * @param attempts to redrive it, those that failed
 * @param redrivenAt when its consumer took it; null while it is open
 */
record DeadLetter(
        long seq,
        UUID id,
        String consumer,
        ConsumerRecord<byte[], byte[]> record,
        @Nullable String tenant,
        @Nullable String eventId,
        String reason,
        Instant givenUpAt,
        int attempts,
        @Nullable Instant attemptedAt,
        @Nullable Instant redrivenAt) {
    DeadLetterState state() {
        return redrivenAt == null ? DeadLetterState.OPEN : DeadLetterState.REDRIVEN;
    }
}
