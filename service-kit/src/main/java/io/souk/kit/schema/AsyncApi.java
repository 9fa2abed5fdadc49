package io.souk.kit.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.EventsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.List;
import java.util.Map;

/** The service's topics as an AsyncAPI 3.0 document, as they are in this installation. */
@ApplicationScoped
class AsyncApi {
    private static final String KAFKA_BINDING = "0.5.0";

    private static final String ABOUT = """
            Every change of every aggregate, with its full state, as a CloudEvent 1.0 in the binary mode of the Kafka binding. \
            Read committed records only. Events of one aggregate are in one partition and in their order, each comes at least \
            once, and a higher pair of epoch and version is newer. From offset 0 a topic gives the present state. \
            A record without a value is the tombstone of an aggregate that was purged. docs/events.md tells the rest.""";

    private static final String PARTITION_RULE =
            "The partition is murmur2 of the key, without its sign, modulo the number of partitions: what Kafka's own clients"
                    + " do by default.";

    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", "The event; the same for every delivery of it"),
            Map.entry("ce_type", "What happened, and the version of its form"),
            Map.entry("ce_source", "The service"),
            Map.entry("ce_subject", "The aggregate's id"),
            Map.entry("ce_time", "When the writing transaction began; not for ordering"),
            Map.entry("ce_tenant", "The tenant, as in the key"),
            Map.entry("ce_epoch", "With the version, the order of an aggregate's events"),
            Map.entry("ce_aggregateversion", "Grows by one with each change of the aggregate"),
            Map.entry("ce_partitionkey", "The key again"),
            Map.entry("ce_traceparent", "W3C trace context of the writer, when it was traced"),
            Map.entry("ce_causationid", "The event that this one answers, when it answers one"),
            Map.entry("content-type", "application/json"));

    private static final List<String> ALWAYS =
            List.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type");
    private static final List<String> OF_EVENTS =
            List.of("ce_subject", "ce_tenant", "ce_epoch", "ce_aggregateversion", "ce_partitionkey");
    private static final List<String> SOMETIMES = List.of("ce_traceparent", "ce_causationid");

    private final ObjectMapper json;
    private final EventSchemas schemas;
    private final EventsConfig config;
    private final String service;

    AsyncApi(
            @ConfigProperty(name = "souk.service") String service,
            EventSchemas schemas,
            EventsConfig config,
            ObjectMapper json) {
        this.service = service;
        this.schemas = schemas;
        this.config = config;
        this.json = json;
    }

    ObjectNode document() {
        var document = json.createObjectNode().put("asyncapi", "3.0.0").put("id", "urn:souk:" + service);
        document.putObject("info")
                .put("title", "Souk " + service + " events")
                .put("version", "1")
                .put("description", ABOUT);
        document.put("defaultContentType", "application/json");
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        var messages = document.putObject("components").putObject("messages");
        for (var aggregate : schemas.aggregates()) {
            channel(channels.putObject(aggregate.name()), aggregate);
            operation(operations.putObject("tell-" + aggregate.name()), aggregate);
            message(messages.putObject(aggregate.name() + "-changed"), aggregate, ChangeKind.CHANGED);
            message(messages.putObject(aggregate.name() + "-deleted"), aggregate, ChangeKind.DELETED);
        }
        heartbeat(messages.putObject("heartbeat"));
        return document;
    }

    private void channel(ObjectNode channel, AggregateType aggregate) {
        channel.put("address", aggregate.topic(config.topicPrefix()))
                .put("title", "Changes of each " + aggregate.name())
                .put("description", PARTITION_RULE);
        var messages = channel.putObject("messages");
        messages.putObject("changed").put("$ref", "#/components/messages/" + aggregate.name() + "-changed");
        messages.putObject("deleted").put("$ref", "#/components/messages/" + aggregate.name() + "-deleted");
        messages.putObject("heartbeat").put("$ref", "#/components/messages/heartbeat");
        var kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", aggregate.topic(config.topicPrefix())).put("partitions", config.partitions());
        if (config.replication() > 0) {
            kafka.put("replicas", config.replication());
        }
        var topic = kafka.putObject("topicConfiguration");
        topic.putArray("cleanup.policy").add("compact");
        topic.put("delete.retention.ms", config.tombstoneRetention().toMillis());
        kafka.put("bindingVersion", KAFKA_BINDING);
    }

    private static void operation(ObjectNode operation, AggregateType aggregate) {
        operation
                .put("action", "send")
                .put("summary", "Tells of each change of a " + aggregate.name())
                .putObject("channel")
                .put("$ref", "#/channels/" + aggregate.name());
    }

    private void message(ObjectNode message, AggregateType aggregate, ChangeKind kind) {
        var type = aggregate.eventType(kind);
        describe(
                message,
                type,
                kind == ChangeKind.CHANGED
                        ? "The full state after the change, and the names of the fields that moved"
                        : "The aggregate is gone; without a value it is purged");
        var headers = message.putObject("headers");
        headers(headers, type, ALWAYS, true);
        headers(headers, type, OF_EVENTS, true);
        headers(headers, type, SOMETIMES, false);
        message.set("payload", payload(type));
        key(message, "The tenant, a slash, and the aggregate's id", "^[a-z0-9][a-z0-9-]{0,62}/[0-9a-f-]{36}$");
        if (kind == ChangeKind.CHANGED) {
            schemas.example(aggregate)
                    .ifPresent(example -> message.putArray("examples")
                            .addObject()
                            .put("name", aggregate.name())
                            .set("payload", example));
        }
    }

    private void heartbeat(ObjectNode message) {
        var type = "souk." + service + ".heartbeat.v1";
        describe(
                message,
                type,
                "Comes several times a second in each partition and says how far the partition is complete; who needs no"
                        + " such bound passes it by");
        headers(message.putObject("headers"), type, ALWAYS, true);
        message.set("payload", payload(type));
        key(message, "No tenant's: one record per partition survives compaction", "^heartbeat$");
    }

    private static void describe(ObjectNode message, String type, String summary) {
        message.put("name", type).put("title", type).put("summary", summary).put("contentType", "application/json");
    }

    private static void headers(ObjectNode headers, String type, List<String> names, boolean always) {
        headers.put("type", "object");
        for (var name : names) {
            var header =
                    headers.withObjectProperty("properties").putObject(name).put("type", "string");
            if (name.equals("ce_type")) {
                header.put("const", type);
            }
            header.put("description", HEADERS.get(name));
            if (always) {
                headers.withArrayProperty("required").add(name);
            }
        }
    }

    /** Without what names it: in here it is known by its place. */
    private ObjectNode payload(String type) {
        var schema = schemas.find(type).orElseThrow();
        schema.remove(List.of("$schema", "$id"));
        return schema;
    }

    private static void key(ObjectNode message, String description, String pattern) {
        var kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key")
                .put("type", "string")
                .put("description", description)
                .put("pattern", pattern);
        kafka.put("bindingVersion", KAFKA_BINDING);
    }
}
