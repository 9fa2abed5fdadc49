package io.souk.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What became of one command line. */
public record Ran(int code, String out, String err) {
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
