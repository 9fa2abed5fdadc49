package io.souk.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * PostgreSQL's {@code postmaster.pid}, left by one that was killed. PostgreSQL itself takes over such a file, unless the
 * process id in it now belongs to some other process of the same user; then it refuses to start until the file is gone. It also
 * refuses while a query of the killed one still runs, since that still writes to the shared memory.
 */
final class StalePidFile {
    private static final Duration LAST_QUERIES = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");
    private static final int SEGMENT_LINE = 6;
    private static final int SEGMENT_ID = 1;
    private static final int ATTACHED = 6;

    private StalePidFile() {}

    /** Removes the file if its PostgreSQL has ended; throws if it still runs on this data. */
    static void remove(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        var lines = Files.readAllLines(file);
        if (!lines.isEmpty()) {
            requireEnded(data, lines.getFirst().strip());
        }
        if (lines.size() > SEGMENT_LINE) {
            awaitLastQueries(fields(lines.get(SEGMENT_LINE)));
        }
        Files.deleteIfExists(file);
    }

    private static void requireEnded(Path data, String pid) {
        if (pid.chars().allMatch(Character::isDigit)
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(process -> runsOn(data, process))
                        .isPresent()) {
            throw new StackException("PostgreSQL already runs on %s, as process %s.".formatted(data, pid));
        }
    }

    private static boolean runsOn(Path data, ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .orElse(false);
    }

    private static void awaitLastQueries(List<String> keyAndId) throws IOException {
        long deadline = System.nanoTime() + LAST_QUERIES.toNanos();
        while (isAttached(keyAndId.getLast()) && System.nanoTime() < deadline) {
            Pause.between(LOOK);
        }
    }

    /** Known on Linux only; elsewhere PostgreSQL says so itself. */
    private static boolean isAttached(String segment) throws IOException {
        if (!Files.isReadable(SEGMENTS)) {
            return false;
        }
        try (var lines = Files.lines(SEGMENTS)) {
            return lines.map(StalePidFile::fields)
                    .anyMatch(fields -> fields.get(SEGMENT_ID).equals(segment)
                            && !fields.get(ATTACHED).equals("0"));
        }
    }

    private static List<String> fields(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }
}
