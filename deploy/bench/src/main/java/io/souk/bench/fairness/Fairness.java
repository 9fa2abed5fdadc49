package io.souk.bench.fairness;

import io.souk.bench.arrival.Change;
import io.souk.bench.arrival.CommitTap;
import io.souk.bench.arrival.Journeys;
import io.souk.bench.measure.Latencies;
import io.souk.bench.report.Goal;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

@Command(
        name = "fairness",
        description = "How soon one tenant's single price change is seen while another tenant imports many products.")
public final class Fairness implements Callable<Integer> {
    private static final int PRODUCTS = 100;
    private static final double CHANGES_PER_SECOND = 5;
    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final int SLICES_BEFORE = 4;
    private static final Duration SOON = Duration.ofSeconds(1);

    @Option(names = "--products", paramLabel = "N", defaultValue = "100000", description = "Imported; default 100000.")
    private int products;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var journeys = new EnumMap<>(Map.of(Change.PRICE, new Journeys()));
        try (var stack = OwnStack.built(installation);
                var tap = new CommitTap(stack.ports().of(Component.POSTGRES), journeys)) {
            stack.start(Component.POSTGRES, Component.REDIS, Component.KAFKA, Component.GATEWAY);
            stack.startWith(Component.CATALOG, Component.POSTGRES, tap.port());
            stack.start(Component.INVENTORY); // it vouches for the availabilities on the cards
            var single = new Shop(stack, "single");
            single.stock(installation, PRODUCTS);
            var importing = new Shop(stack, "importing");
            var file = importing.write(products);
            try (var changes = new PriceChanges(stack, single, single.products(PRODUCTS), journeys)) {
                measure(installation, importing, file, changes, out);
            }
        }
        return 0;
    }

    private void measure(Installation installation, Shop importing, Path file, PriceChanges changes, PrintWriter out)
            throws Exception {
        changes.run(CHANGES_PER_SECOND, SLICE.multipliedBy(2)); // warm
        var quiet = new Seen();
        for (int i = 0; i < SLICES_BEFORE; i++) {
            quiet.add(changes.run(CHANGES_PER_SECOND, SLICE));
        }
        long began = System.nanoTime();
        var load = CompletableFuture.runAsync(() -> importing.load(installation, file, products));
        var meanwhile = new Seen();
        while (!load.isDone()) {
            meanwhile.add(changes.run(CHANGES_PER_SECOND, SLICE));
        }
        load.join();
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf(
                "One tenant imports %d products in %.0f s; another changes %.0f prices a second, each of a product of its own.%n%n",
                products, seconds, CHANGES_PER_SECOND);
        var table = Latencies.table("a price is seen");
        quiet.rowsOf(table, "before the import");
        meanwhile.rowsOf(table, "during the import");
        table.print(out);
        Goal.never(
                        "During the import, a change that is not seen within %d s".formatted(SOON.toSeconds()),
                        meanwhile.later(SOON),
                        meanwhile.count())
                .print(out);
    }
}
