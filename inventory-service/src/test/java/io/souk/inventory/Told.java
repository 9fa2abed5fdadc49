package io.souk.inventory;

import io.souk.kit.event.AggregateType;
import io.souk.testing.EventLog;
import io.souk.testing.schema.ChangedCheck;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the service has told the world of a tenant. */
public final class Told {
    /** Nobody waits for a reservation or a lot to run out. */
    private static final Set<String> MOVED_BY_TESTS = Set.of("expiresAt", "expiresOn");

    private Told() {}

    /** The states of the tenant's events, those of one aggregate in their order. */
    public static List<JsonObject> states(AggregateType type, String tenant) {
        return records(type, tenant).stream()
                .map(event -> new JsonObject(Buffer.buffer(event.value())))
                .toList();
    }

    public static List<ConsumerRecord<String, byte[]>> records(AggregateType type, String tenant) {
        return EventLog.readAllOf(EventLog.topic(type.service(), type.name()), tenant);
    }

    /** That each event so far names what moved, neither more nor less. */
    public static void assertNamed(AggregateType type, String tenant) {
        var byAggregate = records(type, tenant).stream().collect(Collectors.groupingBy(ConsumerRecord::key));
        for (var events : byAggregate.values()) {
            assertThat(ChangedCheck.faults(events, MOVED_BY_TESTS)).isEmpty();
        }
    }

    public static String header(ConsumerRecord<String, byte[]> event, String name) {
        var header = Objects.requireNonNull(event.headers().lastHeader(name), name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
