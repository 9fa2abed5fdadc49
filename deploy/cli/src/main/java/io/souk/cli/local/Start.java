package io.souk.cli.local;

import io.souk.cli.Installation;
import io.souk.stack.FreePort;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(name = "start", description = "Starts one service or server of a stack that ./souk up has made.")
public final class Start implements Callable<Integer> {
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
            if (stack.running(component).isPresent()) {
                throw new StackException("%s runs already.".formatted(name));
            }
            int port = state.ports().of(component);
            if (!FreePort.isFree(port)) {
                throw new StackException("Port %d, which %s needs, is taken by another process.".formatted(port, name));
            }
            startOrStop(stack, component);
        }
        return 0;
    }

    private void startOrStop(LocalStack stack, Component component) {
        try {
            stack.start(
                    component,
                    _ -> spec.commandLine()
                            .getOut()
                            .printf(
                                    "%s is ready on port %d.%n",
                                    name, stack.ports().of(component)));
        } catch (StackException e) {
            stack.stop(component, _ -> {});
            throw e;
        }
    }
}
