package io.souk.catalog.imports;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns a source's rows into native ones. A mapping is data: which field goes where, what is the same for all rows, and what
 * is left out.
 */
final class ImportMapping {
    private final Definition definition;
    private final List<Rule> rules;
    private final Set<String> known = new HashSet<>();
    private final Set<String> above = new HashSet<>();
    private final Map<String, String> sources = new HashMap<>();

    /** How a row finds its product. */
    enum Match {
        SKU,
        GTIN
    }

    /**
     * What a mapping's resource says.
     *
     * @param constants fields of the native row that every row gets
     * @param ignore pointers to source fields that are known and not used
     */
    @RegisterForReflection
    record Definition(
            String name,
            String title,
            Match match,
            ObjectNode constants,
            List<Field> fields,
            @Nullable List<String> ignore) {}

    /**
     * One source field.
     *
     * @param from pointer into the source row
     * @param to pointer into the native row
     * @param trim takes white space off both ends, and leaves out what is blank then
     * @param onlyNew says what a new product gets, and leaves a known one alone
     * @param min leaves out, with a note, a number that is smaller
     * @param max leaves out, with a note, a number that is larger
     */
    @RegisterForReflection
    record Field(
            String from,
            String to,
            @Nullable Boolean trim,
            @Nullable Boolean onlyNew,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) {}

    private record Rule(Field field, JsonPointer from, JsonPointer to, boolean trim, boolean onlyNew) {}

    /** A row in native form; {@code notes} say what of the source was left out and why. */
    record Mapped(ObjectNode row, ObjectNode onlyNew, List<Fault> notes) {}

    ImportMapping(Definition definition) {
        this.definition = definition;
        this.rules = definition.fields().stream()
                .map(field -> new Rule(
                        field,
                        JsonPointer.compile(field.from()),
                        JsonPointer.compile(field.to()),
                        Boolean.TRUE.equals(field.trim()),
                        Boolean.TRUE.equals(field.onlyNew())))
                .toList();
        rules.forEach(rule -> {
            learn(rule.field().from());
            sources.putIfAbsent(rule.field().to(), rule.field().from());
        });
        Objects.requireNonNullElse(definition.ignore(), List.<String>of()).forEach(this::learn);
    }

    private void learn(String pointer) {
        known.add(pointer);
        for (int end = pointer.lastIndexOf('/'); end > 0; end = pointer.lastIndexOf('/', end - 1)) {
            above.add(pointer.substring(0, end));
        }
    }

    String name() {
        return definition.name();
    }

    String title() {
        return definition.title();
    }

    Match match() {
        return definition.match();
    }

    /** The native row; {@code faults} take source fields that the mapping does not know. */
    Mapped map(ObjectNode source, Faults faults) {
        findUnknown("", source, faults);
        var row = definition.constants().deepCopy();
        var fresh = JsonNodeFactory.instance.objectNode();
        var notes = new ArrayList<Fault>(0);
        for (var rule : rules) {
            var value = taken(rule, source.at(rule.from()), notes);
            if (value != null) {
                put(rule.onlyNew() ? fresh : row, rule.to(), value);
            }
        }
        return new Mapped(row, fresh, notes);
    }

    private void findUnknown(String at, ObjectNode object, Faults faults) {
        for (var field : object.properties()) {
            var pointer = Pointers.child(at, field.getKey());
            if (known.contains(pointer)) {
                continue;
            }
            if (above.contains(pointer) && field.getValue() instanceof ObjectNode inner) {
                findUnknown(pointer, inner, faults);
            } else if (above.contains(pointer)) {
                faults.at(pointer, "must be an object");
            } else {
                faults.at(pointer, "is not a field of the mapping " + name());
            }
        }
    }

    private static @Nullable JsonNode taken(Rule rule, JsonNode value, List<Fault> notes) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (rule.trim() && value.isTextual()) {
            var text = value.textValue().strip();
            return text.isEmpty() ? null : JsonNodeFactory.instance.textNode(text);
        }
        if (value.isNumber() && isOutside(rule.field(), value.decimalValue())) {
            notes.add(new Fault(
                    rule.field().from(),
                    "left out: " + shown(value.decimalValue()) + " is not between "
                            + rule.field().min() + " and " + rule.field().max()));
            return null;
        }
        return value;
    }

    /** As people write it, where that is short: 1e999999999 written out would fill the memory. */
    private static String shown(BigDecimal number) {
        long digits = (long) number.precision() - number.scale();
        return Math.abs(digits) <= 30 && number.precision() <= 30 ? number.toPlainString() : number.toString();
    }

    private static boolean isOutside(Field field, BigDecimal number) {
        return (field.min() != null && number.compareTo(field.min()) < 0)
                || (field.max() != null && number.compareTo(field.max()) > 0);
    }

    private static void put(ObjectNode root, JsonPointer to, JsonNode value) {
        JsonNode at = root;
        var step = to;
        while (!step.tail().matches()) {
            at = below(at, step, step.tail().mayMatchElement());
            step = step.tail();
        }
        set(at, step, value);
    }

    private static JsonNode below(JsonNode at, JsonPointer step, boolean array) {
        var next =
                at instanceof ArrayNode list ? list.path(step.getMatchingIndex()) : at.path(step.getMatchingProperty());
        if (!next.isMissingNode()) {
            return next;
        }
        var fresh = array ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
        set(at, step, fresh);
        return fresh;
    }

    private static void set(JsonNode at, JsonPointer step, JsonNode value) {
        if (at instanceof ArrayNode list) {
            list.add(value);
        } else if (at instanceof ObjectNode object) {
            object.set(step.getMatchingProperty(), value);
        }
    }

    /** Where in the source a fault of the native row comes from; the native pointer where that has no single source. */
    Fault inSource(Fault fault) {
        for (var pointer = fault.pointer();
                !pointer.isEmpty();
                pointer = pointer.substring(0, pointer.lastIndexOf('/'))) {
            var source = sources.get(pointer);
            if (source != null) {
                return new Fault(source, fault.detail());
            }
        }
        return fault;
    }
}
