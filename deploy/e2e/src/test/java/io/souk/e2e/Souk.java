package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.cli.local.DataFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.PostgresServer;
import io.souk.stack.TokenRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The stack under test, driven by the commands that a user has. Started by the first test, stopped at the latest when the JVM ends. */
final class Souk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration COMMAND_DEADLINE = Duration.ofMinutes(10);

    /** Above the ports of a stack that somebody may have running, and none of its ports where outgoing connections get theirs. */
    private static final int LOWEST_OFFSET = 1_000;

    private static final int OFFSET_BOUND = 12_000;
    private static final List<Integer> USUAL_PORTS = List.of(8080, 8081, 8082, 8083, 8084, 15432, 16379, 19092);
    private static final Path HOME = Path.of(System.getProperty("souk.home"));
    private static final Souk STACK = new Souk();

    private final Path data;
    private final int offset;
    private final ConcurrentHashMap<List<String>, String> tokens = new ConcurrentHashMap<>();

    private Souk() {
        data = folder();
        offset = freeOffset();
        Runtime.getRuntime().addShutdownHook(new Thread(this::cleanUp));
        run("up", "--detach", "--port-offset", Integer.toString(offset));
    }

    static Souk stack() {
        return STACK;
    }

    /** One that PostgreSQL can enter, which runs as another user when root starts it. */
    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("souk-e2e");
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freeOffset() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int offset = ThreadLocalRandom.current().nextInt(LOWEST_OFFSET, OFFSET_BOUND);
            if (USUAL_PORTS.stream().allMatch(port -> FreePort.isFree(port + offset))) {
                return offset;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private void cleanUp() {
        try {
            command("down");
            Folders.delete(data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path data() {
        return data;
    }

    int offset() {
        return offset;
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + port(8080));
    }

    int port(int usual) {
        return usual + offset;
    }

    boolean allPortsAreFree() {
        return USUAL_PORTS.stream().allMatch(usual -> FreePort.isFree(port(usual)));
    }

    String token(String tenant, String role, String subject) {
        return tokens.computeIfAbsent(
                List.of(tenant, role, subject),
                _ -> run("token", "--tenant", tenant, "--role", role, "--subject", subject)
                        .strip());
    }

    /** As {@link #token}, but signed here, without a command: for a crowd of customers. */
    String customer(String tenant, String subject) {
        return new DataFolder(data)
                .issuer()
                .token(new TokenRequest(tenant, Set.of("customer"), subject, null, Duration.ofHours(1)));
    }

    /** Writes past all services, as their database's superuser. */
    void damage(String sql, String... parameters) {
        int rows = inDatabase(sql, parameters, PreparedStatement::executeUpdate);
        assertThat(rows).as(sql).isPositive();
    }

    /** Whether a query past all services finds a row. */
    boolean finds(String sql, String... parameters) {
        return inDatabase(sql, parameters, statement -> statement.executeQuery().next());
    }

    /** What is done with a statement. */
    private interface Doing<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T inDatabase(String sql, String[] parameters, Doing<T> doing) {
        var address = "jdbc:postgresql://127.0.0.1:%d/souk".formatted(port(15432));
        var password = PostgresServer.superuserPassword(data.resolve("postgres"));
        try (var connection = DriverManager.getConnection(address, "postgres", password);
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return doing.with(statement);
        } catch (SQLException refused) {
            throw new AssertionError(sql, refused);
        }
    }

    void stop(String component) {
        run("stop", component);
    }

    void start(String component) {
        run("start", component);
    }

    ProcessHandle process(String component) {
        return ProcessHandle.of(component(component).path("pid").asLong()).orElseThrow();
    }

    /** What {@code status --json} says; it ends with 1 unless everything is up. */
    JsonNode status() {
        try {
            return JSON.readTree(command("status", "--json").out());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** The part of {@link #status} about one component. */
    JsonNode component(String name) {
        var status = status();
        return StreamSupport.stream(status.path("components").spliterator(), false)
                .filter(component -> component.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + status));
    }

    /** How a command ended. */
    record Ran(int code, String out, String err) {}

    /** What the command printed; an {@link AssertionError} with all of its output unless it ends well. */
    String run(String... arguments) {
        var ran = command(arguments);
        assertThat(ran.code()).as("%s: %s", List.of(arguments), ran).isZero();
        return ran.out();
    }

    /** Runs a command to its end on this stack's data, in bounded time. */
    Ran command(String... arguments) {
        try {
            var out = Files.createTempFile("souk-e2e", ".out");
            var err = Files.createTempFile("souk-e2e", ".err");
            try {
                var process = started(out, err, arguments);
                if (!process.waitFor(COMMAND_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("%s does not end: %s%s"
                            .formatted(List.of(arguments), Files.readString(out), Files.readString(err)));
                }
                return new Ran(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Starts a command on this stack's data, unless the arguments name others. */
    Process started(Path out, Path err, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(HOME.resolve("souk").toString()));
        line.addAll(List.of(arguments));
        if (!line.contains("--data")) {
            line.addAll(List.of("--data", data.toString()));
        }
        var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .put("SOUK_BUILD", "no"); // Maven has just packaged everything, and is at work in the same folders
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
