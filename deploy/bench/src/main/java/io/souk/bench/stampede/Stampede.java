package io.souk.bench.stampede;

import io.souk.bench.measure.Latencies;
import io.souk.bench.redis.Keys;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.shop.Product;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.ServiceMetrics;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

@Command(
        name = "stampede",
        description =
                "A crowd of readers of one view that is missing, over two replicas: how often the database is read. Fails"
                        + " when it is read more often than the right to do so was given.")
public final class Stampede implements Callable<Integer> {
    private static final int PRODUCTS = 20;
    private static final int VIOLATED = 1;

    /** The auditor reads the tables by the readers' own statement. */
    private static final Map<String, String> NO_AUDIT =
            Map.of("SOUK_VIEW_AUDIT_RATE", "0", "SOUK_VIEW_AUDIT_SAMPLES", "0");

    private static final String LEASES_TAKEN =
            "souk_view_leases_total\\{(?=[^}]*kind=\"product\")[^}]*outcome=\"taken\"[^}]*}";

    @Option(names = "--readers", paramLabel = "N", defaultValue = "1000", description = "At once; default 1000.")
    private int readers;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "100", description = "Default 100.")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var vertx = Vertx.vertx();
        try (var stack = OwnStack.built(installation, NO_AUDIT)) {
            stack.startForCards();
            var replicas = List.of(stack.ports().of(Component.CATALOG), stack.startReplica(Component.CATALOG));
            var shop = new Shop(stack, "bench");
            shop.stock(installation, PRODUCTS);
            try (var keys = new Keys(vertx, stack.ports().of(Component.REDIS));
                    var reads = new DatabaseReads(stack);
                    var crowd = new Crowd(vertx, replicas, readers, shop.token("customer"))) {
                return rounds(shop.products(PRODUCTS), replicas, keys, reads, crowd, out);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private int rounds(
            List<Product> products,
            List<Integer> replicas,
            Keys keys,
            DatabaseReads reads,
            Crowd crowd,
            PrintWriter out) {
        var metrics = replicas.stream().map(ServiceMetrics::new).toList();
        for (var product : products) { // connections and code are warm, and every view is there
            crowd.ask(path(product), new Latencies());
        }
        var warm = new Latencies();
        var cold = new Latencies();
        long mostReads = 0;
        long allReads = 0;
        long allLeases = 0;
        long violations = 0;
        for (int round = 0; round < rounds; round++) {
            var product = products.get(round % products.size());
            crowd.ask(path(product), warm);
            long readsBefore = reads.count();
            long leasesBefore = leases(metrics);
            empty(keys, product);
            if (crowd.ask(path(product), cold).size() != 1) {
                throw new StackException("The readers of %s were told different things.".formatted(path(product)));
            }
            long read = reads.count() - readsBefore;
            long leased = leases(metrics) - leasesBefore;
            if (read == 0) {
                throw new StackException("The database was not read, so that nothing was cold.");
            }
            mostReads = Math.max(mostReads, read);
            allReads += read;
            allLeases += leased;
            violations += read > leased ? 1 : 0;
        }
        out.printf(
                "%d rounds; in each, %d readers at once over two replicas ask for a card whose product view was deleted from Redis.%n%n",
                rounds, readers);
        var table = Latencies.table("from the moment at which all asked to an answer");
        warm.rowOf(table, "the view is there");
        cold.rowOf(table, "the view is missing");
        table.print(out);
        out.println();
        new Table("in all rounds", "count")
                .row("reads of the database", allReads)
                .row("leases", allLeases)
                .row("most reads in a round", mostReads)
                .print(out);
        Goal.never("More reads of the database than leases in a round", violations, rounds)
                .print(out);
        return violations == 0 ? 0 : VIOLATED;
    }

    private static String path(Product product) {
        return "/v1/products/" + product.id();
    }

    private static long leases(List<ServiceMetrics> replicas) {
        return (long) replicas.stream()
                .mapToDouble(replica -> replica.sum(LEASES_TAKEN))
                .sum();
    }

    /** The floor stays, as when Redis evicts. */
    private static void empty(Keys keys, Product product) {
        var found = keys.matching("{catalog:*}d:*:product:*/" + product.id());
        if (found.size() != 1 || !keys.delete(found.getFirst())) {
            throw new StackException("The view of %s is not there to be deleted: %s.".formatted(product, found));
        }
    }
}
