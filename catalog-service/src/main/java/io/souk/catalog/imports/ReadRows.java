package io.souk.catalog.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.souk.kit.problem.JsonFailures;
import io.souk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of a chunk as rows; what is no row is refused by itself. */
@ApplicationScoped
class ReadRows {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final ObjectMapper json;

    ReadRows(ObjectMapper json) {
        this.json = json;
    }

    /** A line: a row, or the reasons why it is none. */
    record Line(long number, @Nullable NativeRow row, List<Fault> reasons) {}

    /** Blank lines are passed over. */
    List<Line> of(Chunk chunk, @Nullable ImportMapping mapping) {
        var lines = new ArrayList<Line>(chunk.lines());
        long number = chunk.firstLine();
        int from = 0;
        var bytes = chunk.bytes();
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                if (i > from) {
                    var line = line(number, ByteBuffer.wrap(bytes, from, i - from), mapping);
                    if (line != null) {
                        lines.add(line);
                    }
                }
                from = i + 1;
                number++;
            }
        }
        return lines;
    }

    private @Nullable Line line(long number, ByteBuffer bytes, @Nullable ImportMapping mapping) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notText) {
            return new Line(number, null, List.of(new Fault("", "is not UTF-8")));
        }
        if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return text.isBlank() ? null : row(number, text, mapping);
    }

    private Line row(long number, String text, @Nullable ImportMapping mapping) {
        ObjectNode document;
        try {
            document = json.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException unreadable) {
            return new Line(number, null, reasons(unreadable));
        }
        if (document == null) {
            return new Line(number, null, List.of(new Fault("", "must be a JSON object")));
        }
        var faults = new Faults();
        var row = mapping == null
                ? NativeRow.of(number, document, JsonNodeFactory.instance.objectNode(), List.of(), faults)
                : mapped(number, mapping, document, faults);
        return new Line(number, row, faults.list());
    }

    private static @Nullable NativeRow mapped(long number, ImportMapping mapping, ObjectNode source, Faults faults) {
        var mapped = mapping.map(source, faults);
        if (!faults.none()) {
            return null;
        }
        return NativeRow.of(number, mapped.row(), mapped.onlyNew(), mapped.notes(), faults);
    }

    /** What Jackson could not read, as reasons. */
    static List<Fault> reasons(JsonProcessingException unreadable) {
        return reasons(JsonFailures.problemOf(unreadable));
    }

    static List<Fault> reasons(Problem problem) {
        if (problem.errors().isEmpty()) {
            return List.of(new Fault("", problem.detail()));
        }
        return problem.errors().stream()
                .map(error -> new Fault(error.pointer() == null ? "" : error.pointer(), error.detail()))
                .toList();
    }
}
