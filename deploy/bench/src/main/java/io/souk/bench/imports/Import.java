package io.souk.bench.imports;

import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.SoukCommand;
import io.souk.bench.stack.StackMemory;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.cli.local.Ports;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

@Command(
        name = "import",
        description = "Loads a file of products until all are stored, cached and searchable; then loads it again.")
public final class Import implements Callable<Integer> {
    private static final String TENANT = "bench";
    private static final String USUAL_FILE = "../shared/data/openfoodfacts-25k.jsonl.gz";
    private static final double MOST_SECONDS = 60;
    private static final double MOST_GROWTH_PERCENT = 10;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "JSON lines, gzipped or not; default: " + USUAL_FILE + ", seen from the project.")
    private @Nullable Path file;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            defaultValue = "openfoodfacts",
            description = "Default: openfoodfacts.")
    private String mapping;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var products = file(installation);
        SoukCommand.run(installation, "build");
        try (var stack = new OwnStack(installation, Ports.free());
                var cache = new CachedCards(stack.ports().of(Component.REDIS), TENANT);
                var log = new LogEnds(stack.ports().of(Component.KAFKA))) {
            stack.start();
            var memory = new MemoryCurve(stack);
            try (memory) {
                first(installation, stack, products, cache, memory, out);
                again(installation, stack, products, log, memory, out);
            }
            memory.print(out);
            memory.growth(MOST_GROWTH_PERCENT).print(out);
            out.println();
            out.println("After both runs:");
            StackMemory.of(stack).print(stack, out);
        }
        return 0;
    }

    private Path file(Installation installation) {
        var chosen = file == null ? installation.root().resolve(USUAL_FILE).normalize() : file.toAbsolutePath();
        if (!Files.isRegularFile(chosen)) {
            throw new StackException(
                    "There is no file %s; name one with JSON lines of products: ./souk bench import FILE."
                            .formatted(chosen));
        }
        return chosen;
    }

    private void first(
            Installation installation,
            OwnStack stack,
            Path products,
            CachedCards cache,
            MemoryCurve memory,
            PrintWriter out)
            throws InterruptedException {
        long started = System.nanoTime();
        var counts = load(installation, stack, products);
        double stored = secondsSince(started);
        double cached = await(started, counts.created(), () -> cache.count().complete());
        double searchable = await(started, counts.created(), new Searchable(stack, TENANT)::count);
        memory.phaseEnds("first");
        var found = cache.count();
        out.printf(
                "%d rows: %d created, %d updated, %d unchanged, %d rejected%n",
                counts.rows(), counts.created(), counts.updated(), counts.unchanged(), counts.rejected());
        new Table("of the created products", "count", "after s")
                .row("stored (the load command has ended)", counts.created(), seconds(stored))
                .row("cached (product view and its floor)", found.complete(), seconds(cached))
                .row("searchable (counted by the search)", counts.created(), seconds(searchable))
                .print(out);
        found.others()
                .forEach((kind, count) -> out.printf(
                        "Of the %s view %d entries: what a product does not have has no view.%n", kind, count));
        Goal.atMost(
                        "All stored, cached and searchable",
                        MOST_SECONDS,
                        "s",
                        Math.max(stored, Math.max(cached, searchable)))
                .print(out);
        out.println();
    }

    private void again(
            Installation installation,
            OwnStack stack,
            Path products,
            LogEnds log,
            MemoryCurve memory,
            PrintWriter out) {
        log.mark();
        long started = System.nanoTime();
        var counts = load(installation, stack, products);
        double seconds = secondsSince(started);
        memory.phaseEnds("second");
        long written = log.events();
        out.printf(
                "The same file again: %.1f s, %d created, %d updated, %d unchanged, %d rejected; events added to the topics: %d%n",
                seconds, counts.created(), counts.updated(), counts.unchanged(), counts.rejected(), written);
        new Goal(
                        "The second run makes no version and no event",
                        "%d versions, %d events".formatted(counts.created() + counts.updated(), written),
                        counts.created() + counts.updated() + written == 0)
                .print(out);
        out.println();
    }

    private LoadCounts load(Installation installation, OwnStack stack, Path products) {
        return LoadCounts.parse(SoukCommand.run(
                installation,
                "load",
                products.toString(),
                "--tenant",
                TENANT,
                "--mapping",
                mapping,
                "--no-progress",
                "--rejected",
                "0",
                "--data",
                stack.data().path().toString()));
    }

    /** The seconds from the start until the count was seen. */
    private static double await(long started, long wanted, LongSupplier count) throws InterruptedException {
        long now = count.getAsLong();
        while (now != wanted) {
            if (secondsSince(started) > PATIENCE.toSeconds()) {
                throw new StackException("Only %d of %d after %d s.".formatted(now, wanted, PATIENCE.toSeconds()));
            }
            Thread.sleep(LOOK);
            now = count.getAsLong();
        }
        return secondsSince(started);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static String seconds(double seconds) {
        return "%.1f".formatted(seconds);
    }
}
