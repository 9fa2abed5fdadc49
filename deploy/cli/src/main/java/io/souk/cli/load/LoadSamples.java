package io.souk.cli.load;

import io.souk.cli.Installation;
import io.souk.cli.local.DataOption;
import io.souk.cli.local.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(name = "samples", description = "Loads the sample data; what is there already stays as it is.")
public final class LoadSamples implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var folder = data.folder();
        var out = spec.commandLine().getOut();
        new Samples(Installation.current(), folder, RunState.of(folder).ports(), out).load();
        return 0;
    }
}
