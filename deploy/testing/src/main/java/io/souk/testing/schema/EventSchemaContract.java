package io.souk.testing.schema;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * What a service's events look like is what it has released. A change that other teams can live with is released by
 * running this test with {@code -Dsouk.schemas.release=true}, which writes the file; one that they cannot fails all the same.
 */
public abstract class EventSchemaContract {
    /** Writes what may be released. */
    private static final String RELEASE = "souk.schemas.release";

    private final String service;
    private final Set<String> produced;
    private final Map<String, Class<?>> states;

    /**
     * @param produced names of the aggregates that the service publishes
     * @param states the record that becomes the JSON of each
     */
    protected EventSchemaContract(String service, Set<String> produced, Map<String, Class<?>> states) {
        this.service = service;
        this.produced = produced;
        this.states = new TreeMap<>(states);
    }

    @Test
    void everyAggregateHasASchemaAndNoOtherDoes() {
        assertThat(states.keySet()).containsExactlyInAnyOrderElementsOf(produced);
        assertThat(ReleasedSchemas.aggregates(service)).containsExactlyInAnyOrderElementsOf(produced);
    }

    @TestFactory
    List<DynamicTest> eachEventIsAsItWasReleased() {
        return states.entrySet().stream()
                .map(state -> dynamicTest(state.getKey(), () -> check(state.getKey(), state.getValue())))
                .toList();
    }

    @TestFactory
    List<DynamicTest> eachExampleFitsAndShowsEveryField() {
        return states.keySet().stream()
                .map(aggregate -> dynamicTest(aggregate, () -> checkExample(aggregate)))
                .toList();
    }

    private void check(String aggregate, Class<?> state) {
        var released = ReleasedSchemas.find(service, aggregate).orElse(null);
        var generated = EventSchema.of(service, aggregate, state, released);
        if (generated.equals(released)) {
            return;
        }
        var breaks = released == null ? List.<String>of() : SchemaEvolution.breaks(released, generated);
        if (!breaks.isEmpty()) {
            fail("%s breaks its readers:%n  %s%nTake that back, or publish it as v2 beside v1 (docs/events.md)."
                    .formatted(generated.path("title").asText(), String.join("\n  ", breaks)));
        }
        if (Boolean.getBoolean(RELEASE)) {
            ReleasedSchemas.release(service, aggregate, generated);
            return;
        }
        fail(
                "%s is not as released, in a way that its readers can live with. Release it by running this test with -D%s=true, and commit %s:%n%s"
                        .formatted(
                                generated.path("title").asText(),
                                RELEASE,
                                ReleasedSchemas.file(service, aggregate).getFileName(),
                                ReleasedSchemas.text(generated)));
    }

    private void checkExample(String aggregate) {
        var file = ReleasedSchemas.file(service, aggregate);
        assertThat(ReleasedSchemas.example(file))
                .satisfies(example -> assertThat(Files.exists(example)).isTrue());
        var schema = ReleasedSchemas.read(file);
        var example = ReleasedSchemas.read(ReleasedSchemas.example(file));
        assertThat(EventCheck.faults(schema, example)).isEmpty();
        var shown = new TreeSet<String>();
        example.fieldNames().forEachRemaining(shown::add);
        assertThat(schema.path("properties").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(shown);
    }
}
