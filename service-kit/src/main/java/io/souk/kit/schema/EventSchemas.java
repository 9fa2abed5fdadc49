package io.souk.kit.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.outbox.ProducedAggregates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schemas of the data of all that this service sends, by event type. */
@ApplicationScoped
public class EventSchemas {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final String BASE = "https://souk.example/schemas/";
    private static final String DELETED = "io/souk/kit/schema/deleted.json";
    private static final String HEARTBEAT = "io/souk/kit/schema/heartbeat.json";

    private final ObjectMapper json;
    private final List<AggregateType> aggregates;
    private final Map<String, ObjectNode> byType;

    EventSchemas(
            @ConfigProperty(name = "souk.service") String service,
            @All List<ProducedAggregates> produced,
            ObjectMapper json) {
        this.json = json;
        aggregates = produced.stream()
                .flatMap(some -> some.types().stream())
                .sorted(Comparator.comparing(AggregateType::name))
                .toList();
        var schemas = new LinkedHashMap<String, ObjectNode>();
        for (var aggregate : aggregates) {
            schemas.put(
                    aggregate.eventType(ChangeKind.CHANGED),
                    resource("schemas/" + aggregate.name() + ".v1.json")
                            .orElseThrow(() ->
                                    new IllegalStateException(aggregate + " has no released schema (docs/schemas)")));
            var deleted = aggregate.eventType(ChangeKind.DELETED);
            schemas.put(deleted, named(deleted, DELETED));
        }
        var heartbeat = "souk." + service + ".heartbeat.v1";
        schemas.put(heartbeat, named(heartbeat, HEARTBEAT));
        byType = Collections.unmodifiableMap(schemas);
    }

    /** Begins early, so that a missing schema stops the service and not its first reader. */
    void start(@Observes StartupEvent started) {}

    List<AggregateType> aggregates() {
        return aggregates;
    }

    /** In the order of the aggregates. */
    List<String> types() {
        return List.copyOf(byType.keySet());
    }

    Optional<ObjectNode> find(String type) {
        return Optional.ofNullable(byType.get(type)).map(ObjectNode::deepCopy);
    }

    /** An aggregate's data as an example shows it. */
    Optional<ObjectNode> example(AggregateType aggregate) {
        return resource("schemas/" + aggregate.name() + ".v1.example.json");
    }

    private ObjectNode named(String type, String resource) {
        var schema = json.createObjectNode()
                .put("$schema", DIALECT)
                .put("$id", BASE + type)
                .put("title", type);
        return schema.setAll(resource(resource).orElseThrow());
    }

    private Optional<ObjectNode> resource(String name) {
        var loader = Thread.currentThread().getContextClassLoader();
        try (@Nullable InputStream in = loader.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of((ObjectNode) json.readTree(in));
        } catch (IOException failure) {
            throw new UncheckedIOException(name, failure);
        }
    }
}
