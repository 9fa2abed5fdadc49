package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

@Command(
        name = "caches",
        description =
                "Shows what of each service is cached, how often that answered and how old its answers were; its words change it.",
        subcommands = {ClearCaches.class, RewarmCaches.class, RebuildCaches.class, RenewCaches.class})
public final class Caches implements Callable<Integer> {
    static final String PATH = "/v1/admin/caches";

    private static final String ROW = "%-9s  %-14s  %10s  %12s  %8s  %8s  %8s  %8s  %8s  %10s  %8s  %8s%n";

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var administrations = services.administrations();
        if (!services.asJson()) {
            out.printf(
                    ROW,
                    "SERVICE",
                    "KIND",
                    "KEYS",
                    "READS",
                    "HIT RATE",
                    "AGE P50",
                    "P95",
                    "P99",
                    "STALE",
                    "CHECKED",
                    "WRONG",
                    "REPAIRED");
        }
        for (var service : administrations) {
            var state = service.get(PATH);
            if (services.asJson()) {
                out.println(Printable.json(service.service(), state));
            } else {
                print(out, service.service(), state);
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, String service, JsonNode state) {
        for (var kind : state.path("kinds")) {
            var age = kind.path("age");
            out.printf(
                    ROW,
                    service,
                    Printable.field(kind, "kind"),
                    (kind.path("keysExact").asBoolean() ? "" : "~")
                            + kind.path("keys").asLong(),
                    reads(kind),
                    number(kind.path("hitRate"), 100, "%.1f %%"),
                    number(age.path("p50"), 1, "%.2f s"),
                    number(age.path("p95"), 1, "%.2f s"),
                    number(age.path("p99"), 1, "%.2f s"),
                    Printable.field(kind, "stale"),
                    Printable.field(kind.path("audit"), "checked"),
                    sum(kind.at("/audit/wrong")),
                    Printable.field(kind.path("audit"), "repaired"));
        }
        for (var topic : state.path("topics")) {
            var behind = number(topic.path("behindSeconds"), 1, "%.1f s ago");
            out.printf("%-9s  %s is applied up to %s%n", service, Printable.field(topic, "aggregate"), behind);
        }
        if (state.hasNonNull("doubt")) {
            out.printf("%-9s  nothing is served from Redis: %s%n", service, Printable.field(state, "doubt"));
        }
        if (state.hasNonNull("rebuild")) {
            out.printf("%-9s  the last rebuild: %s%n", service, RebuildCaches.told(state.path("rebuild")));
        }
    }

    private static long reads(JsonNode kind) {
        return kind.path("hits").asLong() + kind.path("bypasses").asLong() + sum(kind.path("misses"));
    }

    private static long sum(JsonNode counts) {
        return counts.valueStream().mapToLong(JsonNode::asLong).sum();
    }

    private static String number(JsonNode value, int times, String format) {
        return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble() * times) : "-";
    }
}
