package io.souk.cli.build;

import io.souk.cli.Installation;
import io.souk.cli.load.Samples;
import io.souk.cli.load.WarmUp;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.LocalStack;
import io.souk.cli.local.Ports;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.StackException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One short run of the whole stack, on data and ports of its own, in which the JVMs take down which classes they load and link;
 * from these AOT caches (JEP 514) they start in a third of the time. A cache is only as good as the jar it was made from, so
 * one that is older than its jar is made again.
 */
final class Training {
    private final Installation installation;
    private final PrintWriter out;

    Training(Installation installation, PrintWriter out) {
        this.installation = installation;
        this.out = out;
    }

    boolean isNeeded() {
        return trained().anyMatch(component -> !isFresh(component));
    }

    private static Stream<Component> trained() {
        return Stream.of(Component.values()).filter(component -> component.kind() != Component.Kind.SERVER);
    }

    private boolean isFresh(Component component) {
        var stamp = stamp(component);
        try {
            return Files.exists(stamp)
                    && Files.getLastModifiedTime(stamp)
                                    .compareTo(Files.getLastModifiedTime(installation.jar(component)))
                            > 0;
        } catch (IOException e) {
            throw new StackException("The cache of %s cannot be looked at: %s.".formatted(component.label(), e), e);
        }
    }

    /** Says when it was tried last: a component that makes no cache is not tried again until its jar changes. */
    private Path stamp(Component component) {
        return installation.aotCache(component).resolveSibling(component.label() + ".recorded");
    }

    void run() {
        out.println("Recording AOT caches: one run of the stack on data of its own (a minute or two):");
        out.flush();
        var started = Instant.now();
        var folder = CacheFolder.ofUser()
                .resolve("training-" + ProcessHandle.current().pid());
        try {
            var data = new DataFolder(folder.resolve("data"));
            var caches = folder.resolve("caches");
            Folders.make(caches);
            data.prepare();
            record(LocalStack.recording(installation, data, Ports.free(), caches));
            keep(caches);
        } catch (IOException e) {
            throw new StackException("The AOT caches cannot be kept: %s.".formatted(e.getMessage()), e);
        } finally {
            keepLogs(folder.resolve("data"));
            delete(folder);
        }
        out.printf(
                "Recorded in %d s.%n", Duration.between(started, Instant.now()).toSeconds());
    }

    /** The recording itself ends when the processes do. */
    private void record(LocalStack stack) {
        var stop = new Thread(() -> stack.stopAll(_ -> {}), "stop training");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            stack.startAll(component -> say(component.label() + " is up"));
            drive(stack);
        } finally {
            stack.stopAll(component -> say(component.label() + " is done"));
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    /** What is not answered as it should be is for the tests to find; the caches are worth having all the same. */
    private void drive(LocalStack stack) {
        try {
            new Samples(installation, stack.data(), stack.ports(), out).load();
            new WarmUp(stack.data(), stack.ports()).run();
        } catch (StackException e) {
            say("the recording goes without some requests: " + e.getMessage());
        }
    }

    private void say(String line) {
        synchronized (out) {
            out.println("  " + line);
            out.flush();
        }
    }

    private void keep(Path caches) throws IOException {
        for (var component : trained().toList()) {
            var made = caches.resolve(component.label() + ".aot");
            var kept = installation.aotCache(component);
            Files.createDirectories(kept.getParent());
            Files.deleteIfExists(kept);
            Files.writeString(stamp(component), "");
            if (Files.exists(made)) {
                Files.move(made, kept, StandardCopyOption.REPLACE_EXISTING);
            } else {
                out.printf("  %s made no cache; it starts without one.%n", component.label());
            }
        }
    }

    /** The data goes, what was said about it stays: a service that would not start says there why. */
    private void keepLogs(Path data) {
        var kept = installation.root().resolve("target/recording");
        try (var logs = Files.newDirectoryStream(data, "*.log")) {
            Folders.make(kept);
            for (var log : logs) {
                Files.move(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            say("the logs could not be kept: " + e.getMessage());
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new StackException("The folder %s cannot be deleted: %s.".formatted(folder, e.getMessage()), e);
        }
    }
}
