package io.souk.cli.local;

import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process is a component's: its id and the moment it was started. A process that has the id but another start is
 * somebody else's, who was given the number later.
 */
record ProcessFile(Path file) {
    /** The start of a process is counted from the machine's, which a corrected clock moves; numbers are not reused that fast. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    void write(ProcessHandle process) {
        var started = process.info().startInstant().orElseGet(Instant::now);
        var partial = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(partial, "%d %d%n".formatted(process.pid(), started.toEpochMilli()));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("The process file %s cannot be written: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** The living process; empty when it has ended, was never started, or the file is not readable as one. */
    Optional<ProcessHandle> running() {
        try {
            var words = Files.readString(file).strip().split(" ", -1);
            if (words.length != 2) {
                return Optional.empty();
            }
            var started = Instant.ofEpochMilli(Long.parseLong(words[1]));
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startedAt(process, started));
        } catch (NoSuchFileException | NumberFormatException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException("The process file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StackException("The process file %s cannot be deleted: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) <= 0)
                .orElse(true);
    }
}
