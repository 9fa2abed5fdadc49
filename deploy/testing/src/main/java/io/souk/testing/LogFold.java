package io.souk.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is left of a topic's events for whoever keeps the newest of each key, as docs/events.md tells other teams to. */
public final class LogFold {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The newest that was told of an aggregate.
     *
     * @param state without what is said to have changed; null when it is deleted
     */
    public record Last(int epoch, long version, @Nullable JsonNode state) implements Comparable<Last> {
        @Override
        public int compareTo(Last other) {
            return epoch != other.epoch ? Integer.compare(epoch, other.epoch) : Long.compare(version, other.version);
        }

        public boolean isDeleted() {
            return state == null;
        }

        /** The same, as told in another epoch. */
        public Last in(int otherEpoch) {
            return new Last(otherEpoch, version, state);
        }
    }

    private LogFold() {}

    /** A tenant's aggregates by id. Fails where a key goes down, but for records that are sent again. */
    public static SortedMap<String, Last> of(String topic, String tenant) {
        var told = new HashMap<String, List<Last>>();
        for (var record : EventLog.readAllOf(topic, tenant)) {
            var key = record.key();
            var last = last(record);
            var before = told.computeIfAbsent(key.substring(tenant.length() + 1), _ -> new ArrayList<>());
            if (before.stream().anyMatch(one -> one.compareTo(last) > 0) && !before.contains(last)) {
                throw new AssertionError("%s of %s comes after %s".formatted(last, key, before));
            }
            if (before.stream().anyMatch(one -> one.compareTo(last) == 0 && !one.equals(last))) {
                throw new AssertionError("%s of %s is not what it was: %s".formatted(last, key, before));
            }
            before.add(last);
        }
        var folded = new TreeMap<String, Last>();
        told.forEach(
                (id, all) -> folded.put(id, all.stream().max(Last::compareTo).orElseThrow()));
        return folded;
    }

    private static Last last(ConsumerRecord<String, byte[]> record) {
        boolean deleted = record.value() == null || header(record, "ce_type").contains(".deleted.");
        return new Last(
                Integer.parseInt(header(record, "ce_epoch")),
                Long.parseLong(header(record, "ce_aggregateversion")),
                deleted ? null : state(record.value()));
    }

    private static JsonNode state(byte[] data) {
        try {
            var state = (ObjectNode) JSON.readTree(data);
            state.remove("changed");
            return state;
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
