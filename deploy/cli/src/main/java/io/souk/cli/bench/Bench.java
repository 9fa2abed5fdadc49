package io.souk.cli.bench;

import io.souk.cli.Installation;
import io.souk.cli.build.Building;
import io.souk.cli.build.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

@Command(name = "bench", description = "Runs a benchmark; without a name it lists them.")
public final class Bench implements Callable<Integer> {
    @Parameters(paramLabel = "NAME [OPTIONS]", arity = "0..*", description = "Which, and what it takes.")
    private List<String> arguments = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var installation = Installation.current();
        new Building(installation, spec.commandLine().getOut()).bench();
        return new Program(installation, "bench", "io.souk.bench.Bench").run(arguments);
    }
}
