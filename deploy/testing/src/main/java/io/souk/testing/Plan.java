package io.souk.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What PostgreSQL would do for a statement.
 *
 * @param scans the tables that it reads, and by what
 * @param orders by what it sorts, each as PostgreSQL writes it
 */
public record Plan(List<Scan> scans, List<List<String>> orders) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Plan {
        scans = List.copyOf(scans);
        orders = List.copyOf(orders);
    }

    /**
     * One table, read once.
     *
     * @param condition what its indexes are searched by; empty when the table or an index is read through
     */
    public record Scan(String table, String condition) {}

    /** What {@code explain (format json)} answered. */
    static Plan of(String json) {
        try {
            var scans = new ArrayList<Scan>();
            var orders = new ArrayList<List<String>>();
            collect(JSON.readTree(json).path(0).path("Plan"), scans, orders);
            return new Plan(scans, orders);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(json, unreadable);
        }
    }

    /**
     * What is wrong with how a table is read; empty when each reading of it goes by an index that is searched by all of these
     * columns.
     */
    public List<String> faults(String table, String... columns) {
        var faults = new ArrayList<String>();
        var readings = scans.stream().filter(scan -> scan.table().equals(table)).toList();
        if (readings.isEmpty()) {
            faults.add(table + " is not read: " + scans);
        }
        for (var scan : readings) {
            for (var column : columns) {
                if (!Pattern.compile("\\b" + column + "\\b")
                        .matcher(scan.condition())
                        .find()) {
                    faults.add(column + " does not reach an index: " + scan);
                }
            }
        }
        return faults;
    }

    private static void collect(JsonNode node, List<Scan> scans, List<List<String>> orders) {
        if (node.has("Relation Name") && !node.path("Node Type").asText().equals("ModifyTable")) {
            var conditions = new ArrayList<String>();
            conditions(node, conditions);
            scans.add(new Scan(node.path("Relation Name").asText(), String.join(" ", conditions)));
        }
        if (node.path("Node Type").asText().equals("Sort")) {
            orders.add(node.path("Sort Key").valueStream().map(JsonNode::asText).toList());
        }
        node.path("Plans").forEach(child -> collect(child, scans, orders));
    }

    /** Of a bitmap scan, the index stands below the table that it finds the rows of. */
    private static void conditions(JsonNode node, List<String> found) {
        if (node.has("Index Cond")) {
            found.add(node.path("Index Cond").asText());
        }
        node.path("Plans").forEach(child -> {
            if (child.path("Node Type").asText().startsWith("Bitmap")) {
                conditions(child, found);
            }
        });
    }
}
