package io.souk.cli.local;

import io.souk.stack.ProcessId;
import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Which process is a component's, as a {@link ProcessId} in a file. */
record ProcessFile(Path file) {
    void write(ProcessHandle process) {
        var partial = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(partial, ProcessId.of(process) + "\n");
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("The process file %s cannot be written: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** The living process; empty when it has ended, was never started, or the file is not readable as one. */
    Optional<ProcessHandle> running() {
        try {
            return ProcessId.parse(Files.readString(file)).find();
        } catch (NoSuchFileException | IllegalArgumentException _) {
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
}
