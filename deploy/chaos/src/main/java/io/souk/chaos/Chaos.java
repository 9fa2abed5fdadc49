package io.souk.chaos;

import io.souk.cli.Souk;
import picocli.CommandLine;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The program behind {@code ./souk chaos}. */
public final class Chaos {
    private Chaos() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Exit codes: 0 every promise was tried and kept, 1 one was not or the run could not be done, 2 the command line cannot be read. */
    public static CommandLine commandLine() {
        Logger.getLogger("").setLevel(Level.SEVERE); // that connections break is no news here
        return new CommandLine(new RunCommand())
                .addSubcommand(new CheckCommand())
                .setExecutionExceptionHandler(Souk::say);
    }
}
