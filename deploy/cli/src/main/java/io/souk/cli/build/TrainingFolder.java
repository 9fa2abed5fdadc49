package io.souk.cli.build;

import io.souk.cli.Installation;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.LocalStack;
import io.souk.cli.local.Ports;
import io.souk.stack.Folders;
import io.souk.stack.ProcessId;
import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** What one training runs on. Named after the process that trains, so that what a killed one has left is known as such. */
record TrainingFolder(Path path) {
    private static final Pattern NAME = Pattern.compile("training-(\\d{1,18})-(\\d{1,18})");

    static TrainingFolder ofThisProcess(Path cache) {
        return of(cache, ProcessId.of(ProcessHandle.current()));
    }

    static TrainingFolder of(Path cache, ProcessId trainer) {
        return new TrainingFolder(cache.resolve(
                "training-%d-%d".formatted(trainer.pid(), trainer.started().toEpochMilli())));
    }

    /** Stops and deletes what trainings have left whose own process was killed. */
    static void sweep(Installation installation, Path cache) {
        for (var folder : left(cache)) {
            LocalStack.of(installation, folder.data(), Ports.shiftedBy(0)).stopAll(_ -> {});
            folder.delete();
        }
    }

    private static List<TrainingFolder> left(Path cache) {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (var folders = Files.list(cache)) {
            return folders.map(TrainingFolder::new)
                    .filter(TrainingFolder::isLeft)
                    .toList();
        } catch (IOException e) {
            throw new StackException("The folder %s cannot be looked at: %s.".formatted(cache, e.getMessage()), e);
        }
    }

    private boolean isLeft() {
        var name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                && new ProcessId(Long.parseLong(name.group(1)), Instant.ofEpochMilli(Long.parseLong(name.group(2))))
                        .find()
                        .isEmpty();
    }

    DataFolder data() {
        return new DataFolder(path.resolve("data"));
    }

    Path caches() {
        return path.resolve("caches");
    }

    void delete() {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw new StackException("The folder %s cannot be deleted: %s.".formatted(path, e.getMessage()), e);
        }
    }
}
