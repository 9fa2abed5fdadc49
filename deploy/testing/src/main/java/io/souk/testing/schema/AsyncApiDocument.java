package io.souk.testing.schema;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** An AsyncAPI 3.0 document as a generator of code reads it: what it needs is there, and every reference leads somewhere. */
public final class AsyncApiDocument {
    private static final Set<String> ROOT =
            Set.of("asyncapi", "id", "info", "servers", "defaultContentType", "channels", "operations", "components");
    private static final Set<String> CHANNEL = Set.of(
            "address",
            "messages",
            "title",
            "summary",
            "description",
            "servers",
            "parameters",
            "tags",
            "externalDocs",
            "bindings");
    private static final Set<String> OPERATION = Set.of(
            "action",
            "channel",
            "title",
            "summary",
            "description",
            "security",
            "tags",
            "externalDocs",
            "bindings",
            "traits",
            "messages",
            "reply");
    private static final Set<String> MESSAGE = Set.of(
            "headers",
            "payload",
            "correlationId",
            "contentType",
            "name",
            "title",
            "summary",
            "description",
            "tags",
            "externalDocs",
            "bindings",
            "examples",
            "traits");

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private AsyncApiDocument(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with it, in words; empty when nothing is. */
    public static List<String> faults(JsonNode document) {
        var checked = new AsyncApiDocument(document);
        checked.check();
        return checked.faults;
    }

    private void check() {
        if (!document.path("asyncapi").asText().startsWith("3.0.")) {
            faults.add("is no AsyncAPI 3.0");
        }
        known("the document", document, ROOT);
        wanted("info", document.path("info"), "title", "version");
        each("channels", this::checkChannel);
        each("operations", this::checkOperation);
        document.at("/components/messages")
                .properties()
                .forEach(message -> checkMessage(message.getKey(), message.getValue()));
        checkReferences(document);
    }

    private void each(String section, BiConsumer<String, JsonNode> check) {
        if (document.path(section).isEmpty()) {
            faults.add("has no " + section);
        }
        document.path(section).properties().forEach(entry -> check.accept(entry.getKey(), entry.getValue()));
    }

    private void checkChannel(String name, JsonNode channel) {
        known("channel " + name, channel, CHANNEL);
        wanted("channel " + name, channel, "address", "messages", "bindings");
        wanted("channel " + name, channel.at("/bindings/kafka"), "topic", "partitions", "bindingVersion");
    }

    private void checkOperation(String name, JsonNode operation) {
        known("operation " + name, operation, OPERATION);
        wanted("operation " + name, operation, "action", "channel");
        if (!Set.of("send", "receive").contains(operation.path("action").asText())) {
            faults.add("operation " + name + " neither sends nor receives");
        }
        if (!operation.at("/channel/$ref").asText().startsWith("#/channels/")) {
            faults.add("operation " + name + " refers to no channel of the root");
        }
    }

    private void checkMessage(String name, JsonNode message) {
        known("message " + name, message, MESSAGE);
        wanted("message " + name, message, "name", "contentType", "headers", "payload");
        if (!message.at("/headers/type").asText().equals("object")) {
            faults.add("message " + name + ": headers are an object");
        }
        message.path("examples").forEach(example -> {
            known("example of " + name, example, Set.of("headers", "payload", "name", "summary"));
            EventCheck.faults(message.path("payload"), example.path("payload"))
                    .forEach(fault -> faults.add("example of " + name + ": " + fault));
        });
    }

    private void checkReferences(JsonNode node) {
        var reference = node.path("$ref");
        if (reference.isTextual()
                && document.at(reference.asText().substring(1)).isMissingNode()) {
            faults.add(reference.asText() + " leads nowhere");
        }
        node.forEach(this::checkReferences);
    }

    private void known(String where, JsonNode node, Set<String> fields) {
        node.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field) && !field.startsWith("x-")) {
                faults.add(where + " has " + field + ", which AsyncAPI 3.0 does not know");
            }
        });
    }

    private void wanted(String where, JsonNode node, String... fields) {
        for (var field : fields) {
            if (node.path(field).isMissingNode()) {
                faults.add(where + " has no " + field);
            }
        }
    }
}
