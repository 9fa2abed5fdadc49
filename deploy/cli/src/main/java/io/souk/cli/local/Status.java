package io.souk.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.cli.Http;
import io.souk.cli.Installation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Pattern;

@Command(
        name = "status",
        description = "Says what runs: processes, ports, versions, memory, health. Exit code 0 if all is up, else 1.")
public final class Status implements Callable<Integer> {
    private static final int PROBE_MILLIS = 1_000;
    private static final Pattern REDIS_VERSION = Pattern.compile("redis_version:(\\S+)");

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Http http = new Http();

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
        return new Line(
                component,
                process.get().pid(),
                port,
                version(folder, component, port),
                answers(state.ports(), component) ? Health.UP : Health.NOT_READY,
                Memory.proportionalKib(process.get()));
    }

    private boolean answers(Ports ports, Component component) {
        return switch (component.kind()) {
            case SERVICE -> http.isOk(URI.create(ports.url(component) + "/q/health/ready"));
            case GATEWAY -> http.isOk(URI.create(ports.url(component) + "/health/live"));
            case SERVER -> accepts(ports.of(component));
        };
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PROBE_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static @Nullable String version(DataFolder folder, Component component, int port) {
        return switch (component) {
            case POSTGRES -> postgresVersion(folder);
            case REDIS -> redisVersion(port);
            case KAFKA -> AppInfoParser.getVersion();
            case CATALOG, INVENTORY, ORDERS, SEARCH, GATEWAY -> Installation.version();
        };
    }

    private static @Nullable String postgresVersion(DataFolder folder) {
        try {
            return Files.readString(folder.of(Component.POSTGRES).resolve("PG_VERSION"))
                    .strip();
        } catch (IOException _) {
            return null;
        }
    }

    private static @Nullable String redisVersion(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PROBE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PROBE_MILLIS);
            socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
            var version = REDIS_VERSION.matcher(
                    new String(socket.getInputStream().readNBytes(64), StandardCharsets.US_ASCII));
            return version.find() ? version.group(1) : null;
        } catch (IOException _) {
            return null;
        }
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
