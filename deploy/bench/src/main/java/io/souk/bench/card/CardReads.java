package io.souk.bench.card;

import io.souk.bench.bare.Answers;
import io.souk.bench.bare.BareProcess;
import io.souk.bench.bare.Way;
import io.souk.bench.http.Rounds;
import io.souk.bench.http.Series;
import io.souk.bench.http.Target;
import io.souk.bench.process.ProcessFacts;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.SoukCommand;
import io.souk.bench.tables.Access;
import io.souk.bench.tables.TableServer;
import io.souk.cli.Http;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import io.souk.stack.TokenRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

@Command(
        name = "card",
        description =
                "GET /v1/products/{id} at catalog-service, warm, beside a bare handler and beside the same card from"
                        + " PostgreSQL.")
public final class CardReads implements Callable<Integer> {
    private static final String TENANT = "kosher-market";
    private static final double LEAST_PERCENT = 55;
    private static final double LEAST_TIMES_CLIENT = 2;
    private static final double LEAST_TIMES_HIBERNATE = 3;
    /** The role that reads all tenants' rows. */
    private static final String READER = "worker";

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final Duration PROFILE = Duration.ofSeconds(10);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Default 5.")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        try (var stack = OwnStack.built(installation)) {
            stack.start();
            SoukCommand.run(
                    installation, "samples", "--data", stack.data().path().toString());
            // not inventory: without its heartbeats nobody vouches for an availability, and no read is warm
            List.of(Component.ORDERS, Component.SEARCH).forEach(stack::stop);
            measure(stack, out);
        }
        return 0;
    }

    private void measure(OwnStack stack, PrintWriter out) {
        var token = stack.data()
                .issuer()
                .token(new TokenRequest(TENANT, Set.of("customer"), "bench", null, TOKEN_LIFETIME));
        var answers = cards(stack, token);
        int redis = stack.ports().of(Component.REDIS);
        Answers.put(redis, answers);
        var paths = List.copyOf(answers.keySet());
        long service = stack.process(Component.CATALOG).pid();
        int eventLoops = ProcessFacts.threads(service, "vert.x-eventloop-thread");
        var log = stack.data().path().resolve("bare.log");
        var options = jvmOptions(service);
        try (var bare = BareProcess.start(Way.KIT, options, redis, eventLoops, log, paths.getFirst());
                var client = tables(stack, Access.CLIENT, options, eventLoops, log);
                var hibernate = tables(stack, Access.HIBERNATE, options, eventLoops, log)) {
            var authorization = Map.of("Authorization", "Bearer " + token);
            int port = stack.ports().of(Component.CATALOG);
            var warm = new Target("catalog-service, warm", port, paths, authorization, service);
            var targets = List.of(
                    new Target("bare handler, one Redis GET", bare.port(), paths, authorization, bare.pid()),
                    warm,
                    new Target("from the tables, Vert.x client", client.port(), paths, authorization, client.pid()),
                    new Target(
                            "from the tables, Hibernate Reactive",
                            hibernate.port(),
                            paths,
                            authorization,
                            hibernate.pid()),
                    new Target("catalog-service, past its cache", port, paths, uncached(authorization), service));
            requireSame(answers, List.of(client, hibernate), token);
            out.println(Rounds.conditions(rounds));
            out.printf(
                    "%d cards of %d bytes in the mean; all servers with %d event loops and %s.%n%n",
                    paths.size(),
                    answers.values().stream().mapToInt(Buffer::length).sum() / paths.size(),
                    eventLoops,
                    ProcessFacts.maxHeap(stack.process(Component.CATALOG))
                            .map("-Xmx"::concat)
                            .orElse("no -Xmx"));
            out.flush();
            var series = Rounds.run(targets, rounds);
            report(series, out);
            profile(stack, warm, series.get(1), out);
        }
    }

    private static BareProcess tables(OwnStack stack, Access access, List<String> options, int eventLoops, Path log) {
        var issuer = stack.data().issuer();
        var arguments = List.of(
                access.name(),
                Integer.toString(eventLoops),
                Integer.toString(stack.ports().of(Component.POSTGRES)),
                "catalog_" + READER,
                issuer.jwks(),
                issuer.issuer(),
                issuer.audience());
        return BareProcess.start(
                TableServer.class,
                arguments,
                Map.of(TableServer.PASSWORD, stack.password(Component.CATALOG, READER)),
                options,
                log,
                BareProcess.READY_PATH);
    }

    /** Throws unless the servers answer with the same content as the service. */
    private static void requireSame(Map<String, Buffer> answers, List<BareProcess> servers, String token) {
        var http = new Http();
        for (var server : servers) {
            answers.forEach((path, answer) -> {
                var other = http.get(URI.create("http://127.0.0.1:" + server.port() + path), token);
                if (!json(other.text()).equals(json(answer.toString()))) {
                    throw new StackException(
                            "%s is not answered alike: %s and %s".formatted(path, answer, other.text()));
                }
            });
        }
    }

    /** Whatever the order of an object's fields and however it is spaced. */
    private static Object json(String text) {
        return Json.decodeValue(text);
    }

    private static Map<String, String> uncached(Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.put("Cache-Control", "no-cache");
        return all;
    }

    /** The body of each card of the tenant by its path, as the service answers it. */
    private static Map<String, Buffer> cards(OwnStack stack, String token) {
        var http = new Http();
        var products = URI.create(stack.ports().url(Component.CATALOG) + "/v1/products");
        var cards = new LinkedHashMap<String, Buffer>();
        for (var card : http.get(products, token).json().path("items")) {
            var path =
                    products.getPath() + "/" + card.path("product").path("id").asText();
            cards.put(
                    path, Buffer.buffer(http.get(products.resolve(path), token).text()));
        }
        return cards;
    }

    /** Those of the service, but for its own jar and AOT cache. */
    private static List<String> jvmOptions(long service) {
        return ProcessFacts.commandLine(service).stream()
                .skip(1)
                .takeWhile(word -> !word.equals("-jar"))
                .filter(word -> !word.startsWith("-XX:AOT"))
                .toList();
    }

    private static void report(List<Series> series, PrintWriter out) {
        Rounds.print(series, out);
        Goal.atLeast(
                        "Throughput of the warm read, of the bare handler's",
                        LEAST_PERCENT,
                        "%",
                        series.get(1).throughputOf(series.getFirst()).median())
                .print(out);
        times("the Vert.x client's", LEAST_TIMES_CLIENT, series.get(1), series.get(2), out);
        times("Hibernate Reactive's", LEAST_TIMES_HIBERNATE, series.get(1), series.get(3), out);
        out.println();
    }

    private static void times(String whose, double least, Series warm, Series other, PrintWriter out) {
        Goal.atLeast(
                        "Throughput of the warm read, of " + whose,
                        least,
                        "times",
                        warm.throughputOf(other).median() / 100)
                .print(out);
    }

    private static void profile(OwnStack stack, Target warm, Series measured, PrintWriter out) {
        var profile = CpuProfile.of(warm.server(), stack.data().path(), () -> Rounds.once(warm, PROFILE));
        double micros = measured.cpuMicros().median();
        var table = new Table("what a warm read's CPU time goes to", "%", "µs");
        profile.shares()
                .forEach((part, share) ->
                        table.row(part.label(), "%.1f".formatted(100 * share), "%.1f".formatted(micros * share)));
        table.row("all", "100.0", "%.1f".formatted(micros)).print(out);
        out.printf(
                "From %d samples of the service's CPU time under the same load. Each sample counts for the innermost frame%n"
                        + "that is of one of these; tracing samples 1 %% of the requests, as in production.%n",
                profile.samples());
        out.flush();
    }
}
