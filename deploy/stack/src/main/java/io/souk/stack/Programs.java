package io.souk.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the operating system. */
final class Programs {
    private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    private Programs() {}

    static Optional<Path> find(String name) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), USUAL.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end and returns what it printed; throws with that output when it fails. */
    static String run(List<String> line, Map<String, String> environment, Path directory) {
        try {
            var builder = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().putAll(environment);
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StackException("%s failed: %s".formatted(line.getFirst(), output.strip()));
            }
            return output;
        } catch (IOException e) {
            throw new StackException("%s cannot be run: %s.".formatted(line.getFirst(), e.getMessage()), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while running %s.".formatted(line.getFirst()));
        }
    }
}
