package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.regex.Pattern;

/** What a service tells, fit for a terminal: what a record holds must not move its cursor. */
final class Printable {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f]");

    private Printable() {}

    /** A field as text; a dash where there is nothing. */
    static String field(JsonNode node, String name) {
        var text = node.path(name).asText("");
        return text.isEmpty() || node.path(name).isNull()
                ? "-"
                : CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    /** One line of JSON that says which service it is of. */
    static String json(String service, JsonNode told) {
        ObjectNode line = told.deepCopy();
        return line.put("service", service).toString();
    }
}
