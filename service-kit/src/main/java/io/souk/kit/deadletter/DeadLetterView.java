package io.souk.kit.deadletter;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A letter in a list: what it was and what became of it, without its value. */
@Schema(name = "DeadLetter")
record DeadLetterView(
        UUID id,
        DeadLetterState state,
        String consumer,

        @Schema(description = "Where the record stands, if the log still has it")
        String topic,

        int partition,
        long offset,

        @Schema(description = "The record's key, as text, its first 200 characters") @Nullable
        String key,

        @Schema(description = "As the key says; absent when the key is not tenant/id") @Nullable
        String tenant,

        @Nullable String eventId,
        @Schema(description = "Why it failed last") String reason,
        Instant givenUpAt,

        @Schema(description = "To redrive it, those that failed")
        int attempts,

        @Nullable Instant attemptedAt,
        @Nullable Instant redrivenAt) {
    private static final int MAX_KEY = 200;

    static DeadLetterView of(DeadLetter letter) {
        var record = letter.record();
        return new DeadLetterView(
                letter.id(),
                letter.state(),
                letter.consumer(),
                record.topic(),
                record.partition(),
                record.offset(),
                text(record.key(), MAX_KEY),
                letter.tenant(),
                letter.eventId(),
                letter.reason(),
                letter.givenUpAt(),
                letter.attempts(),
                letter.attemptedAt(),
                letter.redrivenAt());
    }

    /** The beginning of some bytes as text; what is no UTF-8 becomes U+FFFD. */
    static @Nullable String text(byte @Nullable [] bytes, int most) {
        return bytes == null ? null : new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8);
    }
}
