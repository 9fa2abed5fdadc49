package io.souk.cli.bench;

import io.souk.cli.Installation;
import io.souk.cli.build.Building;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

@Command(name = "bench", description = "Runs a benchmark; without a name it lists them.")
public final class Bench implements Callable<Integer> {
    private static final String MAIN = "io.souk.bench.Bench";

    @Parameters(paramLabel = "NAME [OPTIONS]", arity = "0..*", description = "Which, and what it takes.")
    private List<String> arguments = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var installation = Installation.current();
        new Building(installation, spec.commandLine().getOut()).bench();
        var target = installation.root().resolve("deploy/bench/target");
        var line = new ArrayList<String>();
        line.add(Installation.java().toString());
        line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        line.add("-Dsouk.home=" + installation.root());
        line.addAll(
                List.of("-cp", target.resolve("souk-bench.jar") + File.pathSeparator + target.resolve("lib/*"), MAIN));
        line.addAll(arguments);
        try {
            return new ProcessBuilder(line).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new StackException("The benchmark cannot be run: %s.".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the benchmark ran.", e);
        }
    }
}
