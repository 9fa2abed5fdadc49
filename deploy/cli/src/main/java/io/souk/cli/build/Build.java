package io.souk.cli.build;

import io.souk.cli.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(name = "build", description = "Builds what has changed and records the caches from which it starts fast.")
public final class Build implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        new Building(Installation.current(), out).everything();
        out.println("Everything is built.");
        return 0;
    }
}
