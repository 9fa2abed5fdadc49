package io.souk.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

@Command(
        name = "status",
        description = "Says what runs: processes, ports, versions, memory, health. Exit code 0 if all is up, else 1.")
public final class Status implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Probe probe = new Probe();

    /** One line of the report. */
    private record Line(
            Component component,
            @Nullable Long pid,
            int port,
            @Nullable String version,
            Health health,
            OptionalLong kib) {}

    private enum Health {
        UP,
        /** It runs and does not answer, or says that it is not ready. */
        NOT_READY,
        /** Its process ended without having been stopped. */
        DEAD,
        STOPPED
    }

    @Override
    public Integer call() throws JsonProcessingException {
        var folder = data.folder();
        var state = RunState.read(folder);
        var lines = state.map(known -> examine(folder, known)).orElse(List.of());
        boolean up = !lines.isEmpty() && lines.stream().allMatch(line -> line.health() == Health.UP);
        if (json) {
            printJson(folder, state.orElse(null), lines, up);
        } else {
            printTable(folder, lines);
        }
        return up ? 0 : 1;
    }

    private List<Line> examine(DataFolder folder, RunState state) {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var lines = Arrays.stream(Component.values())
                    .map(component -> CompletableFuture.supplyAsync(() -> examine(folder, state, component), tasks))
                    .toList();
            return lines.stream().map(CompletableFuture::join).toList();
        }
    }

    private Line examine(DataFolder folder, RunState state, Component component) {
        int port = state.ports().of(component);
        var file = folder.processOf(component);
        var process = file.running();
        if (process.isEmpty()) {
            var health = Files.exists(file.file()) ? Health.DEAD : Health.STOPPED;
            return new Line(component, null, port, null, health, OptionalLong.empty());
        }
        var answer = probe.ask(folder, state.ports(), component);
        return new Line(
                component,
                process.get().pid(),
                port,
                answer.version(),
                answer.ready() ? Health.UP : Health.NOT_READY,
                Memory.proportionalKib(process.get()));
    }

    private void printTable(DataFolder folder, List<Line> lines) {
        var out = spec.commandLine().getOut();
        if (lines.isEmpty()) {
            out.printf("There is no stack in %s; ./souk up makes one.%n", folder.path());
            return;
        }
        out.printf("%-10s %8s %6s %-16s %8s  %s%n", "NAME", "PID", "PORT", "VERSION", "MIB", "HEALTH");
        for (var line : lines) {
            out.printf(
                    "%-10s %8s %6d %-16s %8s  %s%n",
                    line.component().label(),
                    line.pid() == null ? "-" : line.pid().toString(),
                    line.port(),
                    line.version() == null ? "-" : line.version(),
                    line.kib().isPresent() ? Long.toString(line.kib().getAsLong() >> 10) : "-",
                    line.health());
        }
        long total = totalKib(lines);
        if (total > 0) {
            out.printf("%-10s %8s %6s %-16s %8d%n", "all", "", "", "", total >> 10);
        }
        out.printf("data: %s%n", folder.path());
    }

    private void printJson(DataFolder folder, @Nullable RunState state, List<Line> lines, boolean up)
            throws JsonProcessingException {
        var components = new ArrayList<Map<String, @Nullable Object>>();
        for (var line : lines) {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("name", line.component().label());
            one.put("kind", line.component().kind());
            one.put("pid", line.pid());
            one.put("port", line.port());
            one.put("version", line.version());
            one.put("health", line.health());
            one.put("pssKib", line.kib().isPresent() ? line.kib().getAsLong() : null);
            one.put("log", folder.logOf(line.component()).toString());
            components.add(one);
        }
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("up", up);
        report.put("data", folder.path().toString());
        report.put("startedAt", state == null ? null : state.startedAt());
        report.put("gateway", state == null ? null : state.ports().url(Component.GATEWAY));
        report.put("pssKib", totalKib(lines));
        report.put("components", components);
        spec.commandLine()
                .getOut()
                .println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }

    private static long totalKib(List<Line> lines) {
        return lines.stream().mapToLong(line -> line.kib().orElse(0)).sum();
    }
}
