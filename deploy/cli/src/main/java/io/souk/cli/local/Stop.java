package io.souk.cli.local;

import io.souk.cli.Installation;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(name = "stop", description = "Stops one service or server; the others stay.")
public final class Stop implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            description = "postgres, redis, kafka, catalog, inventory, orders, search, gateway")
    private String name;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var component = Component.named(name);
        var folder = data.folder();
        var state = RunState.of(folder);
        try (var _ = folder.lock()) {
            var stack = LocalStack.of(Installation.current(), folder, state.ports());
            if (stack.running(component).isEmpty()) {
                throw new StackException("%s does not run.".formatted(name));
            }
            stack.stop(component, _ -> spec.commandLine().getOut().printf("%s is stopped.%n", name));
        }
        return 0;
    }
}
