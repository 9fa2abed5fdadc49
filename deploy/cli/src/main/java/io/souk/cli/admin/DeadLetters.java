package io.souk.cli.admin;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(
        name = "dead-letters",
        description =
                "Shows the records that services gave up, and hands them over again; alone, it lists the open ones.",
        subcommands = {ListLetters.class, ShowLetter.class, RedriveLetters.class})
public final class DeadLetters implements Callable<Integer> {
    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var lister = new LetterTable(spec.commandLine().getOut(), services.asJson());
        lister.print(services.administrations(), new LetterOptions().named(), LetterTable.OPEN, LetterTable.USUAL_ROWS);
        return CommandLine.ExitCode.OK;
    }
}
