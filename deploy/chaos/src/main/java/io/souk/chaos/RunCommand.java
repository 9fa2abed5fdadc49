package io.souk.chaos;

import io.souk.chaos.check.Report;
import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.fleet.Fleet;
import io.souk.cli.Installation;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;

@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a stack of its own, writes and reads, kills, stops and cuts, and then decides whether every promise was kept.",
            "Exit code 0: no violation was seen, and there was enough to see."
        })
final class RunCommand implements Callable<Integer> {
    private static final long SEEDS = 1_000_000;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long faults go on; a part of one will do.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", description = "Which faults; drawn when it is not given.")
    private @Nullable Long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept; default: a new folder in your cache folder.")
    private @Nullable Path data;

    @Option(
            names = "--keep",
            description = "Keep the servers' data and the logs of all processes, even if there is no violation.")
    private boolean keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        long drawn = seed == null ? new Random().nextLong(SEEDS) : seed;
        var folder = data == null
                ? CacheFolder.ofUser()
                        .resolve("chaos-" + ProcessHandle.current().pid())
                : data;
        var file = folder.resolve("history.jsonl");
        say("Seed %d, %.1f minutes of faults. The history is %s.".formatted(drawn, minutes, file));
        Folders.make(folder);
        try (var history = Lines.writing(file);
                var fleet = new Fleet(Installation.current(), folder.resolve("stack"))) {
            new ChaosRun(fleet, drawn, Duration.ofMillis((long) (minutes * 60_000)), history, this::say).run();
        }
        var report = Report.of(new Evidence(Lines.read(file)));
        report.print(spec.commandLine().getOut());
        if (report.isKept() && !keep) {
            Folders.delete(folder.resolve("stack"));
        }
        say("Seed %d. ./souk chaos check %s decides it again.".formatted(drawn, file));
        return report.isKept() ? 0 : 1;
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
