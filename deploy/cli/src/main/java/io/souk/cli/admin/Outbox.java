package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;

@Command(
        name = "outbox",
        description =
                "Shows what of each service is committed and not yet in the log, since when, whose it is and who relays it.")
public final class Outbox implements Callable<Integer> {
    private static final String ROW = "%-9s  %9s  %9s  %11s  %11s  %s%n";
    private static final String NOBODY = "nobody";

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "5",
            description = "Name the N tenants with the most; default 5.")
    private int tenants;

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var administrations = services.administrations();
        if (!services.asJson()) {
            out.printf(ROW, "SERVICE", "WAITING", "OLDEST", "WRITTEN/S", "RELAYED/S", "LEADERS (SHARDS)");
        }
        for (var service : administrations) {
            var state = service.get("/v1/admin/outbox?tenants=" + tenants);
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
        var complete = state.path("complete").asBoolean();
        out.printf(
                ROW,
                service,
                state.path("rows").asLong() + (complete ? "" : "+"),
                "%.1f s".formatted(state.path("oldestSeconds").asDouble()),
                rate(state.path("appendedPerSecond")),
                rate(state.path("relayedPerSecond")),
                leaders(state.path("shards")));
        for (var tenant : state.path("tenants")) {
            out.printf(
                    "  %-24s %9d%n",
                    Printable.field(tenant, "tenant"), tenant.path("rows").asLong());
        }
    }

    private static String rate(JsonNode rate) {
        return rate.isNumber() ? String.format(Locale.ROOT, "%.1f", rate.asDouble()) : "-";
    }

    /** How many shards each one leads. */
    private static String leaders(JsonNode shards) {
        var led = new TreeMap<String, Integer>();
        for (var shard : shards) {
            var leader = shard.path("leader").asText("");
            led.merge(leader.isEmpty() || shard.path("leader").isNull() ? NOBODY : leader, 1, Integer::sum);
        }
        var text = new StringBuilder();
        led.forEach((leader, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(leader)
                .append(" (")
                .append(count)
                .append(')'));
        return text.toString();
    }
}
