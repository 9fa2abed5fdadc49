package io.souk.chaos.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAsked;
import io.souk.chaos.workload.Backlog.Sale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The clerk before a shop that takes its time over each checkout. */
class ClerkTest {
    private static final int ORDERS = 200;

    /** For each order, about as many as in a run. */
    private static final int STEPS = 8;

    /** How often an order is looked at before it is confirmed. */
    private static final int LOOKS = 3;

    private final Map<String, String> statuses = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, Integer> looks = Collections.synchronizedMap(new HashMap<>());
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/orders/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void givenOrdersWhoseCheckoutTakesLong_whenSeenTo_thenManyArriveAndMuchIsCapturedAndRefunded() {
        var file = folder.resolve("history.jsonl");
        try (var history = Lines.writing(file)) {
            var door = new Door(
                    "orders-1",
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            var staff = new Client("clerk", "amber", "token", false, Set.of("amber"), history);
            var backlog = new Backlog();
            var clerk = new Clerk(backlog, new Till(staff, new Random(1), List.of(door), history), new Random(2));

            for (int i = 0; i < ORDERS; i++) {
                var customer = new Client("customer " + i, "amber", "token", true, Set.of("amber"), history);
                backlog.add(new Sale(customer, Integer.toString(i), false));
                see(clerk, STEPS);
            }
            see(clerk, ORDERS * STEPS);

            assertThat(backlog.next()).isNull();
        }

        var ended = statuses.values().stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        assertThat(ended).containsOnlyKeys("CONFIRMED", "FULFILLED", "DELIVERED", "CANCELLED");
        assertThat(ended.get("DELIVERED")).isGreaterThan(ORDERS / 4);
        var evidence = new Evidence(Lines.read(file));
        assertThat(acknowledged(evidence, Move.CAPTURE)).isGreaterThan(ORDERS / 4);
        assertThat(acknowledged(evidence, Move.REFUND)).isGreaterThan(ORDERS / 10);
        assertThat(evidence.all(Fact.Operation.class))
                .extracting(Fact.Operation::action)
                .contains("cancel", "capture", "refund", "fulfil", "deliver");
    }

    private static void see(Clerk clerk, int steps) {
        for (int i = 0; i < steps; i++) {
            clerk.step();
        }
    }

    private static long acknowledged(Evidence evidence, Move move) {
        return evidence.all(MoveAsked.class).stream()
                .filter(asked -> asked.move() == move && asked.moved() != null)
                .map(MoveAsked::key)
                .distinct()
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().split("/", 5);
        var order = path[3];
        var what = path.length == 5 ? path[4] : "";
        synchronized (statuses) {
            var status = statuses.getOrDefault(order, "PLACED");
            boolean confirmed = status.equals("CONFIRMED");
            boolean sent = status.equals("FULFILLED");
            switch (what) {
                case "" -> {
                    boolean waits = status.equals("PLACED") && looks.merge(order, 1, Integer::sum) < LOOKS;
                    show(exchange, order, waits ? "PLACED" : status.equals("PLACED") ? "CONFIRMED" : status);
                }
                case "cancel" -> change(exchange, order, confirmed, "CANCELLED");
                case "fulfilments" -> change(exchange, order, confirmed, "FULFILLED");
                case "deliver" -> change(exchange, order, sent, "DELIVERED");
                case "payment/captures", "payment/refunds" ->
                    write(exchange, 202, "{\"id\": \"one\", \"amount\": {\"amount\": 1, \"currency\": \"USD\"}}");
                default -> write(exchange, 404, "{}");
            }
        }
    }

    private void change(HttpExchange exchange, String order, boolean may, String status) throws IOException {
        if (may) {
            show(exchange, order, status);
        } else {
            write(exchange, 409, "{}");
        }
    }

    private void show(HttpExchange exchange, String order, String status) throws IOException {
        statuses.put(order, status);
        write(exchange, 200, "{\"id\": \"%s\", \"version\": 1, \"status\": \"%s\"}".formatted(order, status));
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
