package io.souk.cli;

import io.souk.stack.Pause;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** What became of one command line. */
public record Ran(int code, String out, String err) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Runs it in this JVM, for a project that has nothing but a pom. */
    public static Ran souk(String... arguments) {
        System.setProperty("souk.home", emptyProject().toString());
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Souk.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    /** Runs it again and again until that pattern is in what it prints, for some time at most; the last run. */
    public static Ran soukUntil(Pattern shown, String... arguments) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var ran = souk(arguments);
        while (!shown.matcher(ran.out()).find() && System.nanoTime() < deadline) {
            Pause.between(Duration.ofMillis(100));
            ran = souk(arguments);
        }
        return ran;
    }

    private static Path emptyProject() {
        try {
            var root = Files.createTempDirectory("souk-project");
            Files.writeString(root.resolve("pom.xml"), "<project/>");
            root.resolve("pom.xml").toFile().deleteOnExit();
            root.toFile().deleteOnExit();
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
