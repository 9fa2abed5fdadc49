package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The stack under test, driven by the commands that a user has. Started by the first test, stopped when the JVM ends. */
final class Souk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration COMMAND_DEADLINE = Duration.ofMinutes(15);

    /** Far from the ports of a stack that somebody may have running. */
    private static final int FIRST_OFFSET = 10_000;

    private static final int OFFSET_STEP = 137;

    private static final Path HOME = Path.of(System.getProperty("souk.home"));
    private static final Souk STACK = up();

    private final Path data;
    private final JsonNode status;
    private final ConcurrentHashMap<List<String>, String> tokens = new ConcurrentHashMap<>();

    private Souk(Path data) {
        this.data = data;
        this.status = status(data);
    }

    static Souk stack() {
        return STACK;
    }

    private static Souk up() {
        try {
            var data = Files.createTempDirectory("souk-e2e");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                run("down", "--data", data.toString());
                deleted(data);
            }));
            run(
                    "up",
                    "--detach",
                    "--no-samples",
                    "--port-offset",
                    Integer.toString(freeOffset()),
                    "--data",
                    data.toString());
            return new Souk(data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void deleted(Path data) {
        try {
            Folders.delete(data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freeOffset() {
        for (int offset = FIRST_OFFSET; offset < 4 * FIRST_OFFSET; offset += OFFSET_STEP) {
            int tried = offset;
            if (List.of(8080, 8081, 8082, 8083, 8084, 15432, 16379, 19092).stream()
                    .allMatch(port -> FreePort.isFree(port + tried))) {
                return offset;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    URI gateway() {
        return URI.create(url("gateway"));
    }

    int port(String component) {
        return component(component).path("port").asInt();
    }

    private String url(String component) {
        return "http://127.0.0.1:" + port(component);
    }

    private JsonNode component(String name) {
        for (var component : status.path("components")) {
            if (component.path("name").asText().equals(name)) {
                return component;
            }
        }
        throw new IllegalArgumentException(name + " is not in " + status);
    }

    String token(String tenant, String role, String subject) {
        return tokens.computeIfAbsent(
                List.of(tenant, role, subject),
                _ -> run("token", "--tenant", tenant, "--role", role, "--subject", subject, "--data", data.toString())
                        .strip());
    }

    String load(Path file, String tenant, String... more) {
        var arguments =
                new ArrayList<>(List.of("load", file.toString(), "--tenant", tenant, "--data", data.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    void stop(String component) {
        run("stop", component, "--data", data.toString());
    }

    void start(String component) {
        run("start", component, "--data", data.toString());
    }

    /** SIGKILL: no chance to finish anything. */
    void kill(String component) {
        var now = status(data);
        for (var process : now.path("components")) {
            if (process.path("name").asText().equals(component)) {
                var handle = ProcessHandle.of(process.path("pid").asLong()).orElseThrow();
                handle.destroyForcibly();
                handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                return;
            }
        }
        throw new IllegalArgumentException(component + " does not run: " + now);
    }

    /** Ends with 1 when something is not up, which is what some tests ask for. */
    private static JsonNode status(Path data) {
        try {
            return JSON.readTree(run(Set.of(0, 1), "status", "--json", "--data", data.toString()));
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** What the command printed; an {@link AssertionError} with all of its output unless it ends well and in time. */
    static String run(String... arguments) {
        return run(Set.of(0), arguments);
    }

    private static String run(Set<Integer> good, String... arguments) {
        var line = new ArrayList<>(List.of(HOME.resolve("souk").toString()));
        line.addAll(List.of(arguments));
        try {
            var errors = Files.createTempFile("souk-e2e", ".err");
            var output = Files.createTempFile("souk-e2e", ".out");
            try {
                var process = new ProcessBuilder(line)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                var ended = process.waitFor(COMMAND_DEADLINE.toSeconds(), TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                var printed = Files.readString(output, StandardCharsets.UTF_8);
                assertThat(ended && good.contains(process.exitValue()))
                        .as(
                                "%s: %s%s",
                                String.join(" ", line), printed, Files.readString(errors, StandardCharsets.UTF_8))
                        .isTrue();
                return printed;
            } finally {
                Files.delete(errors);
                Files.delete(output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
