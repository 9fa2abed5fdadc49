package io.souk.testing.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Whether events say in {@code changed} what moved: neither less, which nobody would act on, nor more. */
public final class ChangedCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANGED = "changed";

    /** What the event is of, and what it says of itself. */
    private static final Set<String> NEVER_NAMED = Set.of("id", "version", CHANGED);

    private ChangedCheck() {}

    private record Told(String epoch, long version, JsonNode state) {
        Set<String> named() {
            return texts(state.path(CHANGED));
        }

        /** Of an aggregate that nobody knew, all that is said of it has moved. */
        Set<String> moved(@Nullable Told before) {
            var known = before == null ? JSON.createObjectNode() : before.state;
            var members = new TreeSet<String>();
            known.fieldNames().forEachRemaining(members::add);
            state.fieldNames().forEachRemaining(members::add);
            members.removeAll(NEVER_NAMED);
            members.removeIf(member -> said(known, member).equals(said(state, member)));
            return members;
        }

        /** What is not there is null. */
        private static JsonNode said(JsonNode state, String member) {
            return state.hasNonNull(member) ? state.path(member) : NullNode.getInstance();
        }

        boolean follows(Told before) {
            return epoch.equals(before.epoch) && version == before.version + 1;
        }
    }

    /**
     * What is wrong with the events of one aggregate, in their order. One that does not follow the one before says nothing of
     * what lies between; one that names nothing may be told once more.
     */
    public static List<String> faults(List<ConsumerRecord<String, byte[]>> events) {
        return faults(events, Set.of());
    }

    /** As {@link #faults(List)}, whatever is said of the members {@code aside}, which a test moves behind the service's back. */
    public static List<String> faults(List<ConsumerRecord<String, byte[]>> events, Set<String> aside) {
        var faults = new ArrayList<String>();
        @Nullable Told before = null;
        for (var event : events) {
            if (event.value() == null || !header(event, "ce_type").endsWith(".changed.v1")) {
                continue;
            }
            var told = told(event);
            boolean known = before == null ? !told.named().isEmpty() : told.follows(before);
            var named = told.named();
            var moved = told.moved(before);
            named.removeAll(aside);
            moved.removeAll(aside);
            if (known && !named.equals(moved)) {
                faults.add(
                        "%s in version %d names %s, and %s moved".formatted(event.key(), told.version, named, moved));
            }
            before = told;
        }
        return faults;
    }

    private static Told told(ConsumerRecord<String, byte[]> event) {
        try {
            return new Told(
                    header(event, "ce_epoch"),
                    Long.parseLong(header(event, "ce_aggregateversion")),
                    JSON.readTree(event.value()));
        } catch (IOException e) {
            throw new AssertionError("an event's data is no JSON", e);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Set<String> texts(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
