package io.souk.testing;

import io.souk.stack.ProcessId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that a build has started, each as a file in the build's folder, so that whoever cleans up after it finds them,
 * even those whose launcher was killed.
 */
final class Processes {
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Path folder;

    Processes(Path buildFolder) {
        this.folder = buildFolder.resolve("processes");
    }

    void add(Process process) {
        try {
            Files.createDirectories(folder);
            Files.createFile(folder.resolve(ProcessId.of(process.toHandle()).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("remembering process " + process.pid(), e);
        }
    }

    void killAll() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            files.map(file -> ProcessId.parse(String.valueOf(file.getFileName())))
                    .flatMap(id -> id.find().stream())
                    .forEach(Processes::kill);
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }

    /** Kills it together with its children: PostgreSQL's would end by themselves, but not if they are frozen. */
    static void kill(ProcessHandle process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Stream.concat(Stream.of(process), children.stream())
                .forEach(each -> each.onExit()
                        .orTimeout(GRACE.toSeconds(), TimeUnit.SECONDS)
                        .join());
    }
}
