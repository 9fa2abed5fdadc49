package io.souk.bench.stack;

import io.souk.cli.Installation;
import io.souk.stack.StackException;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The {@code ./souk} script, run as a user runs it. */
public final class SoukCommand {
    private SoukCommand() {}

    /** What it has printed; throws when it fails. */
    public static String run(Installation installation, String... arguments) {
        var line = new ArrayList<String>();
        line.add(installation.root().resolve("souk").toString());
        line.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(line)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StackException("%s failed: %s".formatted(String.join(" ", line), printed));
            }
            return printed;
        } catch (IOException e) {
            throw new StackException("%s cannot be run: %s.".formatted(line.getFirst(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while %s ran.".formatted(String.join(" ", line)), e);
        }
    }

    /** The first group of the pattern in what was printed. */
    public static String numberIn(String printed, String pattern) {
        var found = Pattern.compile(pattern).matcher(printed);
        if (!found.find()) {
            throw new StackException("There is no \"%s\" in: %s".formatted(pattern, printed));
        }
        return found.group(1);
    }
}
