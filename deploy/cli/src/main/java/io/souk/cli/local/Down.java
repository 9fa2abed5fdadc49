package io.souk.cli.local;

import io.souk.cli.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(name = "down", description = "Stops the stack; its data stays.")
public final class Down implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var folder = data.folder();
        var state = RunState.read(folder);
        if (state.isEmpty()) {
            out.printf("Nothing runs on %s.%n", folder.path());
            return 0;
        }
        try (var _ = folder.lock()) {
            var stack =
                    LocalStack.of(Installation.current(), folder, state.get().ports());
            if (stack.runningOnes().isEmpty()) {
                out.printf("Nothing runs on %s.%n", folder.path());
            }
            stack.stopAll(component -> out.printf("%s is stopped.%n", component.label()));
        }
        return 0;
    }
}
