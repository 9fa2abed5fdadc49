package io.souk.cli.chaos;

import io.souk.cli.Installation;
import io.souk.cli.build.Building;
import io.souk.cli.build.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "chaos",
        description =
                "Kills, stops and cuts a stack of its own while it is used, and decides whether every promise was kept.")
public final class Chaos implements Callable<Integer> {
    @Parameters(
            paramLabel = "OPTIONS",
            arity = "0..*",
            description = "--minutes N, --seed S, --help: those of the suite.")
    private List<String> arguments = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var installation = Installation.current();
        var building = new Building(installation, spec.commandLine().getOut());
        building.everything();
        building.chaos();
        return new Program(installation, "chaos", "io.souk.chaos.Chaos").run(arguments);
    }
}
