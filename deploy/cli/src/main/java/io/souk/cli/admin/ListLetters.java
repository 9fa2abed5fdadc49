package io.souk.cli.admin;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(name = "list", description = "Lists dead letters, the newest first.")
final class ListLetters implements Callable<Integer> {
    @Option(
            names = {"-a", "--all"},
            description = "Those that have been redriven too.")
    private boolean all;

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            defaultValue = "50",
            description = "Of each service at most so many; default 50.")
    private int most;

    @Mixin
    private LetterOptions letters;

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (most < 1) {
            throw new ParameterException(spec.commandLine(), "A --max is 1 or more, not %d.".formatted(most));
        }
        new LetterTable(spec.commandLine().getOut(), services.asJson())
                .print(services.administrations(), letters.named(), all ? null : LetterTable.OPEN, most);
        return CommandLine.ExitCode.OK;
    }
}
