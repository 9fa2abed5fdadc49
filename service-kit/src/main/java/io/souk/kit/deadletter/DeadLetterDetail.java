package io.souk.kit.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A letter with its record, as far as it is text and not too long: headers and value are cut. */
record DeadLetterDetail(
        @JsonUnwrapped DeadLetterView letter,

        @Schema(description = "The first 100, each value's first 1,000 bytes")
        List<Header> headers,

        @Schema(description = "The first 16 KiB, as text; absent for a tombstone") @Nullable
        String value,

        @Schema(description = "Bytes of the whole value") int valueBytes) {
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER = 1_000;
    private static final int MAX_VALUE = 16 * 1024;

    record Header(String name, @Nullable String value) {}

    static DeadLetterDetail of(DeadLetter letter) {
        var record = letter.record();
        return new DeadLetterDetail(
                DeadLetterView.of(letter),
                headers(record),
                DeadLetterView.text(record.value(), MAX_VALUE),
                Math.max(0, record.serializedValueSize()));
    }

    private static List<Header> headers(ConsumerRecord<?, ?> record) {
        var headers = new ArrayList<Header>();
        for (var header : record.headers()) {
            if (headers.size() < MAX_HEADERS) {
                headers.add(new Header(header.key(), DeadLetterView.text(header.value(), MAX_HEADER)));
            }
        }
        return headers;
    }
}
