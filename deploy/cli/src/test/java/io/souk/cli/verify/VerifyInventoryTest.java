package io.souk.cli.verify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.souk.cli.Ran;
import io.souk.cli.local.Component;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Verifying against a small server that answers as inventory does, in two parts, over a real socket. */
class VerifyInventoryTest {
    @TempDir
    private Path temporary;

    private HttpServer server;
    private DataFolder data;
    private final List<String> asked = new CopyOnWriteArrayList<>();

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
    void givenAllIsRight_thenEveryPartIsAskedFor_andItSaysSo() {
        serve("[]");

        var ran = verify();

        assertThat(ran.code()).isZero();
        assertThat(asked).containsExactly("repair=false", "repair=false&cursor=a-b_c");
        assertThat(ran.out()).contains("3 levels, 2 reservations: 0 findings, 0 repaired");
    }

    @Test
    void givenAFinding_thenItIsPrinted_andTheExitCodeSaysThatSomethingIsWrong() {
        serve("""
                [{"kind": "ON_HAND", "id": "0198c5d2-0000-7000-8000-000000000000", "sku": "S", "recorded": 5, "proven": 4,
                  "repaired": false, "detail": "5 units on hand, but the ledger has 4"}]""");

        var ran = verify();

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern("ON_HAND +0198c5d2-0000-7000-8000-000000000000 S: 5 units on hand")
                .contains("1 findings, 0 repaired");
    }

    @Test
    void givenWhatIsFoundIsRepaired_thenAllIsRightNow() {
        serve("""
                [{"kind": "RESERVED", "id": "0198c5d2-0000-7000-8000-000000000000", "sku": "S", "recorded": 5, "proven": 4,
                  "repaired": true, "detail": "5 units reserved"}]""");

        var ran = verify("--repair");

        assertThat(ran.code()).isZero();
        assertThat(asked.getFirst()).isEqualTo("repair=true");
        assertThat(ran.out()).contains("(repaired)");
    }

    @Test
    void givenARefusal_thenItsReasonIsTheSentence() {
        server.createContext(
                "/v1/stock/verifications",
                exchange -> answer(exchange, 403, "{\"title\": \"The token does not allow this\"}"));

        var ran = verify();

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("HTTP 403, The token does not allow this");
    }

    /** The findings are in the first part. */
    private void serve(String findings) {
        server.createContext("/v1/stock/verifications", exchange -> {
            var query = exchange.getRequestURI().getQuery();
            asked.add(query);
            answer(
                    exchange,
                    200,
                    query.contains("cursor")
                            ? "{\"levels\": 0, \"reservations\": 2, \"findings\": [], \"next\": null}"
                            : "{\"levels\": 3, \"reservations\": 0, \"findings\": %s, \"next\": \"a-b_c\"}"
                                    .formatted(findings));
        });
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Ran verify(String... more) {
        var arguments = new ArrayList<>(List.of(
                "verify", "inventory", "--tenant", "t", "--data", data.path().toString()));
        arguments.addAll(List.of(more));
        return Ran.souk(arguments.toArray(String[]::new));
    }
}
