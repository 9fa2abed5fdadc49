package io.souk.cli.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.souk.cli.Ran;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.TestStacks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The operator's commands against a small server that speaks the administration's API over a real socket. */
class AdministrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "0198c5d2-0000-7000-8000-000000000001";
    private static final String LETTER = """
            {"id": "%s", "state": "OPEN", "consumer": "picky", "topic": "souk.catalog.product", "partition": 3, "offset": 7,
             "key": "kosher-market/\\u001b[2Jx", "tenant": "kosher-market", "reason": "cannot be", "attempts": 2,
             "givenUpAt": "2026-01-31T12:00:00.123456Z"}""".formatted(ID);

    @TempDir
    private Path temporary;

    private HttpServer server;
    private DataFolder data;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    @BeforeEach
    void prepare() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.start();
        data = new DataFolder(temporary.resolve("data"));
        data.prepare();
        TestStacks.rememberServices(data, server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void givenLetters_whenTheyAreListed_thenEachIsALineWithoutControlCharacters() {
        serve("/v1/admin/dead-letters", 200, "{\"items\": [%s]}".formatted(LETTER));

        var ran = souk("dead-letters", "--service", "catalog");

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(ran.out())
                .containsPattern("catalog +" + ID + " +2026-01-31T12:00:00Z +OPEN +picky +kosher-market +2 +cannot be");
        assertThat(asked).containsExactly("GET /v1/admin/dead-letters?limit=50&state=OPEN");
    }

    @Test
    void givenFiltersAndPages_thenTheServiceIsAskedForThem() {
        server.createContext("/v1/admin/dead-letters", exchange -> {
            boolean first = !exchange.getRequestURI().getQuery().contains("cursor");
            answer(
                    exchange,
                    200,
                    first
                            ? "{\"items\": [%s], \"next\": \"abc\"}".formatted(LETTER)
                            : "{\"items\": [%s]}".formatted(LETTER));
        });

        var ran = souk(
                "dead-letters",
                "list",
                "--all",
                "--tenant",
                "a-b",
                "--from",
                "2026-01-01T00:00:00Z",
                "-n",
                "2",
                "--service",
                "orders",
                "--json");

        assertThat(ran.out().lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(JSON.readTree(line).path("service").asText()).isEqualTo("orders"));
        assertThat(asked)
                .containsExactly(
                        "GET /v1/admin/dead-letters?limit=2&tenant=a-b&from=2026-01-01T00:00:00Z",
                        "GET /v1/admin/dead-letters?limit=1&tenant=a-b&from=2026-01-01T00:00:00Z&cursor=abc");
    }

    @Test
    void givenOneLetter_whenItIsShown_thenItsRecordIsPrintedToo() {
        var whole = LETTER.substring(0, LETTER.length() - 1)
                + ", \"headers\": [{\"name\": \"ce_type\", \"value\": \"souk.catalog.product.changed.v1\"}],"
                + " \"value\": \"{\\\"name\\\": 1}\", \"valueBytes\": 40000}";
        serve("/v1/admin/dead-letters/" + ID, 200, whole);

        var ran = souk("dead-letters", "show", ID);

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("key +kosher-market/\uFFFD\\[2Jx\n")
                .containsPattern("ce_type +souk.catalog.product.changed.v1")
                .contains("value, 40000 bytes, of which the first are\n{\"name\": 1}\n")
                .doesNotContain("\u001b");
    }

    @Test
    void givenNoSuchLetter_thenItSaysSo() {
        serve("/v1/admin/dead-letters/", 404, "{\"title\": \"There is no such thing\"}");

        var ran = souk("dead-letters", "show", ID);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("souk: There is no dead letter " + ID + ".\n");
        assertThat(asked).hasSize(4);
    }

    @Test
    void givenARedrive_thenItIsFollowedToItsEndAndReported() {
        serveRedrive(2, 0);

        var ran = souk("dead-letters", "redrive", "--tenant", "kosher-market", "--service", "search");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("search     2 of 2 redriven, 0 failed again\n");
        assertThat(asked).first().isEqualTo("POST /v1/admin/dead-letters/redrives {\"tenant\":\"kosher-market\"}");
        assertThat(looks).hasValueGreaterThan(1);
    }

    @Test
    void givenARedriveOfWhichSomeFail_thenTheExitCodeSaysSo() {
        serveRedrive(1, 1);

        var ran = souk("dead-letters", "redrive", "--all", "--service", "search");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("1 of 2 redriven, 1 failed again");
    }

    @Test
    void givenNothingToRedrive_thenItSaysSo() {
        serve("/v1/admin/dead-letters/redrives", 202, "{\"id\": \"x\", \"letters\": 0}");

        assertThat(souk("dead-letters", "redrive", "--all").out()).isEqualTo("There are no such open dead letters.\n");
        assertThat(souk("dead-letters", "redrive", ID).err())
                .isEqualTo("souk: There is no open dead letter " + ID + ".\n");
    }

    @Test
    void givenNoWordOfWhichLetters_thenNothingIsRedriven() {
        assertThat(souk("dead-letters", "redrive").code()).isEqualTo(2);
        assertThat(souk("dead-letters", "redrive", "--all", "--tenant", "a").code())
                .isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void givenARefusal_thenItsReasonIsTheSentence() {
        serve("/v1/admin/dead-letters", 422, "{\"title\": \"The request breaks a rule\", \"detail\": \"no tenant\"}");

        var ran = souk("dead-letters", "list", "--tenant", "No", "--service", "catalog");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("souk: catalog refuses: HTTP 422, The request breaks a rule: no tenant.\n");
    }

    @Test
    void givenAnOutbox_thenItsDepthAgeRatesAndLeadersAreALine() {
        serve("/v1/admin/outbox", 200, """
                {"rows": 1200, "complete": true, "oldestSeconds": 2.25, "appendedPerSecond": 10.0, "relayedPerSecond": 8.04,
                 "shards": [{"shard": 0, "leader": "aa"}, {"shard": 1, "leader": "aa"}, {"shard": 2}],
                 "tenants": [{"tenant": "card-shop", "rows": 1000}]}""");

        var ran = souk("outbox", "--service", "catalog", "--tenants", "1");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("catalog +1200 +2[.,]3 s +10.0 +8.0 +aa \\(2\\), nobody \\(1\\)")
                .containsPattern("card-shop +1000");
        assertThat(asked).containsExactly("GET /v1/admin/outbox?tenants=1");
    }

    private static final String CACHES = """
            {"generation": "g", "topics": [{"aggregate": "catalog.product", "behindSeconds": 0.25}],
             "kinds": [{"kind": "product", "keys": 1200, "keysExact": false, "hits": 900, "misses": {"empty": 75, "behind": 25},
                        "bypasses": 10, "hitRate": 0.9, "stale": 3, "age": {"p50": 0.125, "p95": 0.5, "p99": 1.0},
                        "audit": {"checked": 500, "wrong": {"behind": 2, "stray": 1}, "repaired": 3}},
                       {"kind": "price", "keys": 0, "keysExact": true, "hits": 0, "misses": {}, "bypasses": 0, "stale": 0,
                        "audit": {"checked": 0, "wrong": {}, "repaired": 0}}]
             %s}""";

    @Test
    void givenCaches_thenEachKindIsALineAndHowFarTheyAreFedIsToldToo() {
        serve("/v1/admin/caches", 200, CACHES.formatted(", \"doubt\": \"the clock is wrong\""));

        var ran = souk("caches", "--service", "catalog");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("catalog +product +~1200 +1010 +90.0 % +0.13 s +0.50 s +1.00 s +3 +500 +3 +3\n")
                .containsPattern("catalog +price +0 +0 +- +- +- +- +0 +0 +0 +0\n")
                .containsPattern("catalog +catalog.product is applied up to 0.3 s ago\n")
                .containsPattern("catalog +nothing is served from Redis: the clock is wrong\n");
    }

    @Test
    void givenEntriesToClear_thenTheJobIsFollowedToItsEndWhereThereAreSuchViews() {
        serve("/v1/admin/caches", 200, CACHES.formatted(""));
        serve("/v1/admin/caches/jobs", 202, "{\"id\": \"x\", \"state\": \"QUEUED\"}");
        serve("/v1/admin/caches/jobs/x", 200, """
                {"id": "x", "state": "SUCCEEDED", "entries": 7, "finishedAt": "now"}""");

        var ran = souk("caches", "clear", "--kind", "product", "--tenant", "kosher-market", "--service", "catalog");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("catalog    7 entries cleared\n");
        assertThat(asked)
                .containsExactly(
                        "GET /v1/admin/caches",
                        "POST /v1/admin/caches/jobs {\"kind\":\"product\",\"tenant\":\"kosher-market\",\"action\":\"CLEAR\"}",
                        "GET /v1/admin/caches/jobs/x");
    }

    @Test
    void givenAJobOverTheCacheThatFails_thenTheExitCodeAndALineSaySo() {
        serve("/v1/admin/caches", 200, CACHES.formatted(""));
        serve("/v1/admin/caches/jobs", 202, """
                {"id": "x", "state": "FAILED", "entries": 2, "finishedAt": "now", "failure": "no"}""");

        var ran = souk("caches", "rewarm", "--all", "--service", "catalog");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("catalog    2 entries rewarmed\ncatalog    stopped early: no\n");
    }

    @Test
    void givenARebuild_thenItIsFollowedUntilItIsPublished() {
        server.createContext(
                "/v1/admin/caches",
                exchange -> answer(
                        exchange,
                        exchange.getRequestMethod().equals("POST") ? 202 : 200,
                        CACHES.formatted(", \"rebuild\": {\"phase\": \"%s\", \"behind\": 5}"
                                .formatted(looks.incrementAndGet() < 4 ? "RUNNING" : "PUBLISHED"))));

        var ran = souk("caches", "rebuild", "--service", "catalog");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("catalog    published\n");
        assertThat(asked).contains("POST /v1/admin/caches/rebuilds {}");
        assertThat(looks).hasValue(4);
    }

    @Test
    void givenNoWordOfWhichEntriesOrNoSuchViews_thenNothingIsDone() {
        serve("/v1/admin/caches", 200, CACHES.formatted(""));

        assertThat(souk("caches", "clear").code()).isEqualTo(2);
        assertThat(souk("caches", "clear", "--all", "--tenant", "a").code()).isEqualTo(2);
        assertThat(souk("caches", "rewarm", "--kind", "nothing").err())
                .isEqualTo("souk: No service that was asked caches such views.\n");
        assertThat(asked).noneMatch(one -> one.startsWith("POST"));
    }

    @Test
    void givenARestoredService_whenItIsToldOnceMore_thenTheJobIsFollowedToItsEnd() {
        serve("/v1/admin/retellings", 202, """
                {"id": "x", "state": "QUEUED", "phase": "READING_LOG", "aggregate": "brand", "parts": 0, "partsTotal": 19}""");
        serve("/v1/admin/retellings/x", 200, """
                {"id": "x", "state": "SUCCEEDED", "phase": "TELLING_LOST", "parts": 19, "partsTotal": 19, "rows": 70, "lost": 2,
                 "finishedAt": "now"}""");

        var ran = souk("retell", "--service", "catalog", "--aggregate", "brand", "--aggregate", "price");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("""
                catalog    0 of 19: reading the log of brand
                catalog    70 rows told once more, 2 deletions told of what only the log knew
                """);
        assertThat(asked)
                .containsExactly(
                        "POST /v1/admin/retellings {\"aggregates\":[\"brand\",\"price\"]}",
                        "GET /v1/admin/retellings/x");
    }

    @Test
    void givenARetellingThatIsRefusedByTheLog_thenTheExitCodeAndALineSaySo() {
        serve("/v1/admin/retellings", 202, """
                {"id": "x", "state": "FAILED", "rows": 0, "lost": 0, "finishedAt": "now", "failure": "raise it"}""");

        var ran = souk("retell", "--service", "catalog");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).endsWith("catalog    stopped early: raise it\n");
        assertThat(asked).containsExactly("POST /v1/admin/retellings {}");
    }

    @Test
    void givenNoWordOfWhichServiceWasRestored_thenNothingIsTold() {
        assertThat(souk("retell").code()).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void givenWhatIsNoService_thenItSaysSo() {
        assertThat(souk("outbox", "--service", "redis").err()).isEqualTo("souk: redis is none of the services.\n");
    }

    private void serveRedrive(int redriven, int failed) {
        server.createContext(
                "/v1/admin/dead-letters/redrives",
                exchange -> answer(
                        exchange,
                        exchange.getRequestMethod().equals("POST") ? 202 : 200,
                        looks.incrementAndGet() < 3
                                ? "{\"id\": \"x\", \"state\": \"RUNNING\", \"letters\": 2, \"redriven\": 0, \"failed\": 0}"
                                : "{\"id\": \"x\", \"state\": \"SUCCEEDED\", \"letters\": 2, \"redriven\": %d, \"failed\": %d, \"finishedAt\": \"now\"}"
                                        .formatted(redriven, failed)));
    }

    private void serve(String path, int status, String body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("authorization").split("\\.", -1)[1];
        assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8))
                .contains("operator")
                .doesNotContain("\"tenant\"");
        var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()
                        + (exchange.getRequestURI().getQuery() == null
                                ? ""
                                : "?" + exchange.getRequestURI().getQuery())
                        + " " + sent)
                .strip());
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Ran souk(String... arguments) {
        return Ran.souk(Stream.concat(
                        Stream.of(arguments), Stream.of("--data", data.path().toString()))
                .toArray(String[]::new));
    }
}
