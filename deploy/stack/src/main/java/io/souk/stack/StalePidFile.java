package io.souk.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * PostgreSQL's {@code postmaster.pid}, left by one that was killed. PostgreSQL itself takes over such a file, unless the
 * process id in it now belongs to some other process of the same user; then it refuses to start until the file is gone.
 */
final class StalePidFile {
    private StalePidFile() {}

    /** Removes the file if its PostgreSQL has ended; throws if it still runs on this data. */
    static void remove(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        long pid;
        try (var lines = Files.lines(file)) {
            pid = Long.parseLong(lines.findFirst().orElse("0").strip());
        } catch (NoSuchFileException _) {
            return;
        } catch (NumberFormatException _) {
            pid = 0;
        }
        if (ProcessHandle.of(pid).filter(process -> runsOn(data, process)).isPresent()) {
            throw new StackException("PostgreSQL already runs on %s, as process %d.".formatted(data, pid));
        }
        Files.deleteIfExists(file);
    }

    private static boolean runsOn(Path data, ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .orElse(false);
    }
}
