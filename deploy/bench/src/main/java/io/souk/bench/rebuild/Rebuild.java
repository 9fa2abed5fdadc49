package io.souk.bench.rebuild;

import io.souk.bench.http.Spread;
import io.souk.bench.measure.Latencies;
import io.souk.bench.measure.OpenLoop;
import io.souk.bench.redis.Keys;
import io.souk.bench.report.Goal;
import io.souk.bench.shop.CardReader;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

@Command(
        name = "rebuild",
        description = "How fast catalog-service's cache is built anew from the log while cards are read.")
public final class Rebuild implements Callable<Integer> {
    private static final double LEAST_PER_SECOND = 10_000;
    private static final double READS_PER_SECOND = 200;

    /** A product and its prices. */
    private static final int ENTRIES_PER_PRODUCT = 2;

    private static final int READ_PRODUCTS = 1_000;
    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LAST_ANSWERS_SECONDS = 60;

    @Option(
            names = "--entries",
            paramLabel = "N",
            defaultValue = "100000",
            description = "In the cache, two to a product; default 100000.")
    private int entries;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default 3.")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var vertx = Vertx.vertx();
        try (var stack = OwnStack.built(installation)) {
            stack.startForCards();
            var shop = new Shop(stack, "bench");
            shop.stock(installation, entries / ENTRIES_PER_PRODUCT);
            try (var keys = new Keys(vertx, stack.ports().of(Component.REDIS))) {
                awaitCached(keys);
                var reads = new CardReader(
                        vertx.createHttpClient(),
                        stack.ports().of(Component.CATALOG),
                        shop.token("customer"),
                        shop.products(READ_PRODUCTS));
                measure(vertx, new CacheAdministration(stack), keys, reads, out);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return 0;
    }

    private void measure(Vertx vertx, CacheAdministration cache, Keys keys, CardReader reads, PrintWriter out)
            throws InterruptedException {
        read(vertx, reads, WARM_UP);
        out.printf(
                "%d entries; %.0f cards are read a second, whether or not they are answered at once; %d rebuilds.%n%n",
                entries, READS_PER_SECOND, rounds);
        var table = Latencies.table("a read's intended start to its answer");
        read(vertx, reads, SLICE.multipliedBy(5)).latency().rowOf(table, "before");
        var meanwhile = new Latencies();
        long failed = 0;
        long asked = 0;
        var seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            var before = generations(keys).keySet();
            var building = new Building(cache);
            while (building.isRunning()) {
                var turn = read(vertx, reads, SLICE);
                meanwhile.addAll(turn.latency());
                failed += turn.failed();
                asked += turn.intended();
            }
            seconds[round] = building.seconds();
            requireWhole(keys, before);
        }
        meanwhile.rowOf(table, "during the rebuilds");
        table.print(out);
        out.println();
        var rates = Spread.of(Arrays.stream(seconds).map(time -> entries / time).toArray());
        out.printf("Entries rebuilt a second, median (lowest-highest): %s%n", rates);
        Goal.atLeast("A cache is rebuilt while it is read", LEAST_PER_SECOND, "entries/s", Math.rint(rates.median()))
                .print(out);
        Goal.never("A read that failed meanwhile", failed, asked).print(out);
    }

    /** That what was built holds all that there is, so that nothing was measured of a part. */
    private void requireWhole(Keys keys, Set<String> before) {
        var built = generations(keys);
        built.keySet().removeAll(before);
        if (built.values().stream().noneMatch(count -> count >= entries)) {
            throw new StackException("The rebuilt cache is not whole: %s of %d.".formatted(built.values(), entries));
        }
    }

    /** How many data entries each generation has, by its name in keys like <code>{catalog:shard}d:generation:…</code>. */
    private static Map<String, Long> generations(Keys keys) {
        return keys.matching("{catalog:*}d:*").stream()
                .collect(Collectors.groupingBy(key -> key.split(":", 4)[2], Collectors.counting()));
    }

    private void awaitCached(Keys keys) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (generations(keys).values().stream().noneMatch(count -> count >= entries)) {
            if (System.nanoTime() - deadline > 0) {
                throw new StackException("Not all products come to the cache: %s.".formatted(generations(keys)));
            }
            Thread.sleep(LOOK);
        }
    }

    private static OpenLoop.Outcome read(Vertx vertx, CardReader reads, Duration time) {
        try {
            return OpenLoop.run(((VertxInternal) vertx).createEventLoopContext(), READS_PER_SECOND, time, reads::read)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(time.toSeconds() + LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("The cards could not be read: %s.".formatted(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while reading.", e);
        }
    }
}
