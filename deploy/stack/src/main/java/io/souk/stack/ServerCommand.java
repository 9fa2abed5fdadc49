package io.souk.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All there is to know to start one server. Making one prepares the files that the server needs and starts nothing.
 *
 * @param name how people call the server, e.g. {@code PostgreSQL}
 * @param line program and arguments
 * @param environment added to what the launcher has
 * @param directory where the server runs
 * @param port of 127.0.0.1 that it listens on
 * @param log where its output is appended; kept below {@value #LOG_BYTES} bytes by moving the last run's to {@code .1}
 * @param stopSignal how to stop it
 * @param readiness whether it answers
 */
public record ServerCommand(
        String name,
        List<String> line,
        Map<String, String> environment,
        Path directory,
        int port,
        Path log,
        StopSignal stopSignal,
        Readiness readiness) {
    private static final long LOG_BYTES = 8L << 20;
    private static final int LOG_TAIL_LINES = 12;

    public ServerCommand {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    /** Starts a process of the launcher's session: an interrupt at the terminal reaches it too. Does not wait until it answers. */
    public Process start() {
        return start(line);
    }

    /**
     * Starts a process that outlives its launcher and the terminal. Does not wait until it answers; {@code kill -INT pid} or
     * {@link StopSignal#stop} ends it.
     */
    public Process startDetached() {
        return start(Programs.find("setsid").map(this::detached).orElse(line));
    }

    private List<String> detached(Path setsid) {
        var detached = new ArrayList<String>();
        detached.add(setsid.toString());
        detached.addAll(line);
        return detached;
    }

    private Process start(List<String> program) {
        if (!FreePort.isFree(port)) {
            throw new StackException("%s cannot start: port %d is taken by another process.".formatted(name, port));
        }
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            rotateLog();
            var builder = new ProcessBuilder(program)
                    .directory(directory.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new StackException("%s cannot start: %s.".formatted(name, e.getMessage()), e);
        }
    }

    private void rotateLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Comes back when the server answers. Throws, with the end of its log, when it ends before or does not answer in time. */
    public void awaitReady(ProcessHandle process, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!readiness.ready()) {
            if (!process.isAlive()) {
                throw new StackException(
                        "%s ended while it was starting. Its log %s ends with:%n%s".formatted(name, log, logTail()));
            }
            if (System.nanoTime() > deadline) {
                throw new StackException("%s did not answer on port %d within %d s. Its log %s ends with:%n%s"
                        .formatted(name, port, timeout.toSeconds(), log, logTail()));
            }
            Pause.between(Duration.ofMillis(20));
        }
    }

    private String logTail() {
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Asks a server whether it answers. Never throws: a server that cannot be reached does not answer. */
    @FunctionalInterface
    public interface Readiness {
        boolean ready();
    }
}
