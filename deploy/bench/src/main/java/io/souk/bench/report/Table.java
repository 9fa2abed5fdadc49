package io.souk.bench.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, as wide as they need to be: the first column to the left, numbers to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row with a cell for each heading. */
    public Table row(Object... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + rows.getFirst());
        }
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
        return this;
    }

    /** How many rows there are under the headings. */
    public int size() {
        return rows.size() - 1;
    }

    public void print(PrintWriter out) {
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                var pad = " ".repeat(width(column) - row.get(column).length());
                line.append(column == 0 ? row.get(column) + pad : "  " + pad + row.get(column));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
