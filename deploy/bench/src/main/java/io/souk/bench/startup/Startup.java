package io.souk.bench.startup;

import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.stack.FreeOffset;
import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.SoukCommand;
import io.souk.bench.stack.StackMemory;
import io.souk.cli.Installation;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.Ports;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;

@Command(
        name = "startup",
        description = "./souk up --detach on built artifacts: its time, and the idle stack's memory.")
public final class Startup implements Callable<Integer> {
    private static final double MOST_SECONDS = 20;

    /** After this, what start-up left to do in the background is done. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private static final Duration SAMPLES = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default 3.")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        SoukCommand.run(installation, "build");
        var times = new Table("round", "all ready s", "whole command s");
        var whole = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
            int offset = FreeOffset.find();
            try (var stack = new OwnStack(installation, Ports.shiftedBy(offset))) {
                whole.add(up(installation, stack, offset, times));
                awaitSamples(stack.data());
                if (round == rounds) {
                    Thread.sleep(SETTLE);
                    out.println("Idle, with the sample data:");
                    StackMemory.of(stack).print(stack, out);
                }
            }
        }
        times.print(out);
        whole.sort(null);
        Goal.atMost("./souk up --detach, median", MOST_SECONDS, "s", whole.get(whole.size() / 2))
                .print(out);
        return 0;
    }

    /** The seconds that the command took. */
    private static double up(Installation installation, OwnStack stack, int offset, Table times) {
        long started = System.nanoTime();
        var printed = SoukCommand.run(
                installation,
                "up",
                "--detach",
                "--port-offset",
                Integer.toString(offset),
                "--data",
                stack.data().path().toString());
        double seconds = (System.nanoTime() - started) / 1e9;
        times.row(
                times.size() + 1, SoukCommand.numberIn(printed, "ready after ([0-9.]+) s"), "%.1f".formatted(seconds));
        return seconds;
    }

    /** The stack is not taken away from under the process that loads them. */
    private static void awaitSamples(DataFolder data) throws InterruptedException {
        var deadline = Instant.now().plus(SAMPLES);
        while (!Files.exists(data.samplesMark())) {
            if (Instant.now().isAfter(deadline)) {
                throw new StackException("The sample data is not there after %d s.".formatted(SAMPLES.toSeconds()));
            }
            Thread.sleep(LOOK);
        }
    }
}
