package io.souk.cli;

import io.souk.cli.admin.Caches;
import io.souk.cli.admin.DeadLetters;
import io.souk.cli.admin.Outbox;
import io.souk.cli.admin.Retell;
import io.souk.cli.bench.Bench;
import io.souk.cli.build.Build;
import io.souk.cli.chaos.Chaos;
import io.souk.cli.events.Events;
import io.souk.cli.load.Load;
import io.souk.cli.load.LoadSamples;
import io.souk.cli.local.Down;
import io.souk.cli.local.Logs;
import io.souk.cli.local.Start;
import io.souk.cli.local.Status;
import io.souk.cli.local.Stop;
import io.souk.cli.token.Token;
import io.souk.cli.up.Up;
import io.souk.cli.verify.Verify;
import io.souk.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

@Command(
        name = "souk",
        mixinStandardHelpOptions = true,
        versionProvider = Souk.Version.class,
        description = "Runs Souk on this machine, loads data into it and looks at it.",
        footer = {"", "./souk test [Maven options] runs all tests."},
        subcommands = {
            Up.class,
            Status.class,
            Stop.class,
            Start.class,
            Logs.class,
            Down.class,
            Token.class,
            Load.class,
            LoadSamples.class,
            Events.class,
            DeadLetters.class,
            Outbox.class,
            Caches.class,
            Verify.class,
            Retell.class,
            Build.class,
            Bench.class,
            Chaos.class,
            HelpCommand.class
        })
public final class Souk implements Runnable {
    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Souk " + Installation.version()};
        }
    }

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Exit codes: 0 done, 1 something is in the way (said in one sentence), 2 the command line cannot be read. */
    public static CommandLine commandLine() {
        var line = new CommandLine(new Souk())
                .setExecutionExceptionHandler(Souk::say)
                .setParameterExceptionHandler(Souk::sayUnread);
        line.getSubcommands().values().forEach(Souk::giveHelp);
        // options after the name are the benchmark's own, and all of the fault suite's are its own
        Objects.requireNonNull(line.getSubcommands().get("bench")).setStopAtPositional(true);
        Objects.requireNonNull(line.getSubcommands().get("chaos")).setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    private static void giveHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec().addOption(help());
        }
        command.getSubcommands().values().forEach(Souk::giveHelp);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help and does nothing.")
                .build();
    }

    /** What a person can do something about is one sentence; anything else is thrown on. */
    public static int say(Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
        var sentence =
                switch (failure) {
                    case StackException known -> known.getMessage();
                    case UncheckedIOException files -> "A file cannot be used: %s.".formatted(files.getCause());
                    default -> throw failure;
                };
        command.getErr().println("souk: " + sentence);
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** One sentence instead of the whole usage, under which it would not be seen. */
    private static int sayUnread(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        var meant = failure instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.<String>of();
        command.getErr()
                .printf(
                        "souk: %s%s; see ./%s --help.%n",
                        String.valueOf(failure.getMessage()).replaceAll("\\.$", ""),
                        meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?",
                        command.getCommandSpec().qualifiedName());
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
