package io.souk.cli.build;

import io.souk.cli.IfStopped;
import io.souk.cli.Installation;
import io.souk.cli.load.Samples;
import io.souk.cli.load.WarmUp;
import io.souk.cli.local.Component;
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
        var folder = TrainingFolder.ofThisProcess(CacheFolder.ofUser());
        try {
            Folders.make(folder.caches());
            folder.data().prepare();
            record(LocalStack.recording(installation, folder.data(), Ports.free(), folder.caches()));
            keep(folder.caches());
        } catch (IOException e) {
            throw new StackException("The AOT caches cannot be kept: %s.".formatted(e.getMessage()), e);
        } finally {
            keepLogs(folder.data().path());
            folder.delete();
        }
        out.printf(
                "Recorded in %d s.%n", Duration.between(started, Instant.now()).toSeconds());
    }

    /** The recording itself ends when the processes do. */
    private void record(LocalStack stack) {
        try (var _ = IfStopped.run("stop training", () -> stack.stopAll(_ -> {}))) {
            try {
                stack.startAll(component -> say(component.label() + " is up"));
                drive(stack);
            } finally {
                stack.stopAll(component -> say(component.label() + " is done"));
            }
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
}
