package io.souk.chaos;

import io.souk.chaos.check.Report;
import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Lines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Decides a history that an earlier run has left.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The run's history.jsonl.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var report = Report.of(new Evidence(Lines.read(file)));
        report.print(spec.commandLine().getOut());
        return report.isKept() ? 0 : 1;
    }
}
