package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints dead letters, one a line, service by service, the newest of each first. */
final class LetterTable {
    static final String OPEN = "OPEN";
    static final int USUAL_ROWS = 50;

    private static final String ROW = "%-9s  %-36s  %-20s  %-8s  %-24s  %-20s  %5s  %s%n";
    private static final int PAGE = 200;
    private static final int SECONDS = "2026-01-31T12:00:00".length();

    private final PrintWriter out;
    private final boolean json;
    private boolean begun;

    LetterTable(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /**
     * Prints what there is.
     *
     * @param state OPEN or REDRIVEN, null for either
     * @param most of each service
     */
    void print(List<Administration> services, Map<String, String> named, @Nullable String state, int most) {
        for (var service : services) {
            print(service, query(named, state), most);
        }
        if (!begun && !json) {
            out.println(OPEN.equals(state) ? "There are no open dead letters." : "There are no such dead letters.");
        }
        out.flush();
    }

    private void print(Administration service, String query, int most) {
        int left = most;
        @Nullable String cursor = "";
        while (cursor != null && left > 0) {
            var page = service.get("/v1/admin/dead-letters?limit=" + Math.min(left, PAGE) + query + cursor);
            page.path("items").forEach(letter -> print(service.service(), letter));
            left -= page.path("items").size();
            var next = page.path("next").textValue();
            cursor = next == null ? null : "&cursor=" + next;
        }
        if (cursor != null && !json) {
            out.printf("%-9s  and more: --max says how many are shown%n", service.service());
        }
    }

    private void print(String service, JsonNode letter) {
        if (json) {
            out.println(Printable.json(service, letter));
            return;
        }
        if (!begun) {
            out.printf(ROW, "SERVICE", "ID", "GIVEN UP", "STATE", "CONSUMER", "TENANT", "TRIED", "REASON");
            begun = true;
        }
        out.printf(
                ROW,
                service,
                Printable.field(letter, "id"),
                second(Printable.field(letter, "givenUpAt")),
                Printable.field(letter, "state"),
                Printable.field(letter, "consumer"),
                Printable.field(letter, "tenant"),
                Printable.field(letter, "attempts"),
                Printable.field(letter, "reason"));
    }

    private static String second(String moment) {
        return moment.length() <= SECONDS ? moment : moment.substring(0, SECONDS) + "Z";
    }

    private static String query(Map<String, String> named, @Nullable String state) {
        var query = named.entrySet().stream()
                .map(one -> "&" + one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return state == null ? query : query + "&state=" + state;
    }
}
