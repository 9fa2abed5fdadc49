package io.souk.cli.build;

import io.souk.cli.IfStopped;
import io.souk.cli.Installation;
import io.souk.stack.StackException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs Maven as a child, with this JVM's JDK, its whole output in a log file and one line a module at the terminal. */
final class Maven {
    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (Souk.*?) \\S+(?:\\s+\\[(\\d+/\\d+)])?");
    private static final int TAIL_LINES = 30;

    private final Installation installation;
    private final PrintWriter out;

    Maven(Installation installation, PrintWriter out) {
        this.installation = installation;
        this.out = out;
    }

    /** Throws, with the end of the log, when Maven fails. */
    void run(List<String> arguments) {
        var maven = Installation.maven()
                .orElseThrow(
                        () -> new StackException(
                                "Maven 3.8.7 or newer is needed to build and was not found; put mvn on the PATH or set MAVEN_HOME."));
        var line = new ArrayList<String>();
        line.addAll(List.of(maven.toString(), "-B", "-ntp", "-Dstyle.color=never"));
        line.addAll(arguments);
        var log = installation.root().resolve("target/build.log");
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(line)
                    .directory(installation.root().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putIfAbsent("MAVEN_OPTS", "-Xmx1g");
            follow(builder.start(), log);
        } catch (IOException e) {
            throw new StackException("Maven (%s) cannot be run: %s.".formatted(maven, e.getMessage()), e);
        }
    }

    private void follow(Process process, Path log) throws IOException {
        var tail = new ArrayDeque<String>();
        try (var _ = IfStopped.run("stop maven", process::destroy);
                var reader =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var file = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                file.write(line);
                file.newLine();
                tail.addLast(line);
                if (tail.size() > TAIL_LINES) {
                    tail.removeFirst();
                }
                say(line);
            }
        }
        int code = exitCode(process);
        if (code != 0) {
            throw new StackException(
                    "The build failed; %s ends with:%n%s".formatted(log, String.join(System.lineSeparator(), tail)));
        }
    }

    private void say(String line) {
        var module = MODULE.matcher(line);
        if (module.matches()) {
            out.printf("  %s%s%n", module.group(1), module.group(2) == null ? "" : " (" + module.group(2) + ")");
            out.flush();
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new StackException("Interrupted while building.", e);
        }
    }
}
