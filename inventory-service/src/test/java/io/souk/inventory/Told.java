package io.souk.inventory;

import io.souk.kit.event.AggregateType;
import io.souk.testing.EventLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the service has told the world of a tenant. */
public final class Told {
    private Told() {}

    /** The states of the tenant's events, those of one aggregate in their order. */
    public static List<JsonObject> states(AggregateType type, String tenant) {
        return records(type, tenant).stream()
                .map(event -> new JsonObject(Buffer.buffer(event.value())))
                .toList();
    }

    public static List<ConsumerRecord<String, byte[]>> records(AggregateType type, String tenant) {
        return EventLog.readAll(EventLog.topic(type.service(), type.name())).stream()
                .filter(event -> event.key().startsWith(tenant + "/"))
                .toList();
    }

    public static String header(ConsumerRecord<String, byte[]> event, String name) {
        var header = Objects.requireNonNull(event.headers().lastHeader(name), name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
