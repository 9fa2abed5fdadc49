package io.souk.cli.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.souk.cli.Http;
import io.souk.cli.Ran;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.TestStacks;
import io.souk.stack.StackException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Loading against a small server that speaks the import API over a real socket. */
class LoadTest {
    @TempDir
    private Path temporary;

    private HttpServer server;
    private DataFolder data;
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger awayFor = new AtomicInteger();
    private volatile String finalState = "SUCCEEDED";

    @BeforeEach
    void prepare() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.start();
        data = new DataFolder(temporary.resolve("data"));
        data.prepare();
        TestStacks.remember(data, Component.GATEWAY, server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void givenAFile_thenItIsSentFollowedAndReported() throws IOException {
        serveImports();
        var file = Files.writeString(temporary.resolve("rows.jsonl"), "{}\n".repeat(1000));

        var ran = load(file, "--mapping", "openfoodfacts", "--tenant", "card-shop");

        assertThat(ran.code()).isZero();
        assertThat(received).hasValue(3000);
        assertThat(seen.get("query")).isEqualTo("mapping=openfoodfacts");
        assertThat(seen.get("content-type")).isEqualTo("application/x-ndjson");
        assertThat(seen.get("authorization")).startsWith("Bearer ey");
        assertThat(seen).doesNotContainKey("content-encoding");
        assertThat(ran.out())
                .containsPattern("created +997")
                .containsPattern("rejected +3")
                .contains("line 7: /gtin has a wrong check digit")
                .contains("line 9: /name must not be blank; /price must not be negative");
    }

    @Test
    void givenAGzippedFile_thenItGoesAsItIs() throws IOException {
        serveImports();
        var file = temporary.resolve("rows.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"a\":1}\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        }

        var ran = load(file);

        assertThat(ran.code()).isZero();
        assertThat(seen.get("content-encoding")).isEqualTo("gzip");
        assertThat(received).hasValue(800_000);
    }

    @Test
    void givenManyRejectedRows_thenTheFirstAreNamedAndTheRestCounted() throws IOException {
        serveImports();
        var file = Files.writeString(temporary.resolve("rows.jsonl"), "{}\n");

        var ran = load(file, "--rejected", "2");

        assertThat(ran.out())
                .contains("line 7")
                .contains("line 8")
                .doesNotContain("line 9")
                .contains("and 1 more");
    }

    @Test
    void givenARefusal_thenItsReasonIsTheSentence() throws IOException {
        server.createContext("/v1/imports", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            answer(
                    exchange,
                    422,
                    "{\"title\":\"Unknown mapping\",\"detail\":\"There is no mapping x\",\"status\":422}");
        });
        var file = Files.writeString(temporary.resolve("rows.jsonl"), "{}\n");

        var ran = load(file, "--mapping", "x");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo("souk: The import was refused: HTTP 422, Unknown mapping: There is no mapping x."
                        + System.lineSeparator());
    }

    @Test
    void givenARefusalBeforeTheWholeFileIsRead_thenItsReasonIsStillSeen() throws IOException {
        server.createContext("/v1/imports", exchange -> {
            exchange.getRequestBody().readNBytes(100_000);
            var refusal = "{\"title\":\"The body is too large\",\"status\":413}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(413, refusal.length);
            exchange.getResponseBody().write(refusal);
            exchange.getResponseBody().flush();
            // As Souk's servers do: to close with bytes unread is a reset, which may throw the answer away on its way.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.close();
        });
        var file = Files.write(temporary.resolve("rows.jsonl"), new byte[30_000_000]);

        var ran = load(file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("413").contains("too large").hasLineCount(1);
    }

    @Test
    void givenAJobThatFails_thenTheCountsAndTheFailureAreTold() throws IOException {
        finalState = "FAILED";
        serveImports();
        var file = Files.writeString(temporary.resolve("rows.jsonl"), "{}\n");

        var ran = load(file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("created");
        assertThat(ran.err()).contains("the disk is full");
    }

    @Test
    void givenNoFileOrNoStack_thenOneSentence() throws IOException {
        assertThat(load(temporary.resolve("none.jsonl")).err())
                .startsWith("souk: There is no file")
                .hasLineCount(1);
        assertThat(load(temporary).err()).contains("is not a file").hasLineCount(1);
        var file = Files.writeString(temporary.resolve("rows.jsonl"), "{}\n");
        server.stop(0);

        var ran = load(file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("does not answer")
                .contains("./souk status")
                .hasLineCount(1);
    }

    @Test
    void givenAFileThatCannotBeAnImport_thenOneSentenceAndNothingIsSent() throws IOException {
        serveImports();

        var empty = load(Files.writeString(temporary.resolve("empty.jsonl"), ""));
        var plain = load(Files.writeString(temporary.resolve("rows.jsonl.gz"), "{}\n"));

        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("empty.jsonl has no rows.").hasLineCount(1);
        assertThat(plain.code()).isEqualTo(1);
        assertThat(plain.err()).contains("is not compressed by gzip").hasLineCount(1);
        assertThat(seen).isEmpty();
    }

    @Test
    void givenAStackThatIsAwayForAMoment_thenTheImportIsFollowedAllTheSame() throws IOException {
        awayFor.set(2);
        serveImports();

        var ran = load(Files.writeString(temporary.resolve("rows.jsonl"), "{}\n"));

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).containsPattern("created +997");
    }

    @Test
    void givenAStackThatStaysAway_thenTheImportIsNamedAndHowToFollowIt() {
        awayFor.set(Integer.MAX_VALUE);
        serveImports();
        var gateway = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var imports = new ImportClient(new Http(), gateway, "token", Duration.ofMillis(500));

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> imports.find("i1"))
                .withMessageContaining("import i1")
                .withMessageContaining(gateway + "/v1/imports/i1")
                .withMessageContaining("Unavailable");
        assertThat(looks.get()).isZero();
    }

    private Ran load(Path file, String... more) {
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                "load", file.toString(), "--no-progress", "--data", data.path().toString()));
        arguments.addAll(java.util.List.of(more));
        return Ran.souk(arguments.toArray(String[]::new));
    }

    private void serveImports() {
        server.createContext("/v1/imports", exchange -> {
            var path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("POST")) {
                take(exchange);
            } else if (path.endsWith("/records")) {
                answer(exchange, 200, """
                        {"items":[
                          {"line":7,"reasons":[{"pointer":"/gtin","detail":"has a wrong check digit"}]},
                          {"line":8,"reasons":[{"pointer":"","detail":"is not JSON"}]},
                          {"line":9,"reasons":[{"pointer":"/name","detail":"must not be blank"},
                                              {"pointer":"/price","detail":"must not be negative"}]}],
                         "next":null}""");
            } else if (awayFor.getAndDecrement() > 0) {
                answer(exchange, 503, "{\"title\":\"Unavailable\",\"status\":503}");
            } else {
                boolean over = looks.incrementAndGet() > 2;
                answer(exchange, 200, """
                        {"id":"i1","state":"%s","done":%d,"lines":1000,
                         "counts":{"created":997,"rejected":3},"failure":"the disk is full"}""".formatted(over ? finalState : "RUNNING", over ? 1000 : 500));
            }
        });
    }

    private void take(HttpExchange exchange) throws IOException {
        exchange.getRequestHeaders()
                .forEach((name, values) -> seen.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        seen.put("query", String.valueOf(exchange.getRequestURI().getQuery()));
        InputStream body = exchange.getRequestBody();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"))) {
            body = new GZIPInputStream(body);
        }
        received.addAndGet(body.transferTo(OutputStream.nullOutputStream()));
        answer(exchange, 202, "{\"id\":\"i1\",\"state\":\"QUEUED\",\"done\":0,\"lines\":1000,\"counts\":{}}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
