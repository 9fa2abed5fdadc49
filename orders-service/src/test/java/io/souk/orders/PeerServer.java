package io.souk.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for another service over HTTP; counts what it is asked, and goes wrong when it is told to. */
final class PeerServer {
    private static final Fault NONE = _ -> false;

    private final String path;
    private final Answers answers;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Fault fault = NONE;
    private @Nullable HttpServer server;

    PeerServer(String path, Answers answers) {
        this.path = path;
        this.answers = answers;
    }

    /** As the service documents it. */
    @FunctionalInterface
    interface Answers {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** Goes wrong instead of answering properly. */
    @FunctionalInterface
    interface Fault {
        /** True when this request was dealt with. */
        boolean happens(HttpExchange exchange) throws IOException;
    }

    /**
     * How the service under test reaches it.
     *
     * @param service as the settings name it
     * @param client the name of its REST client
     * @param guard the class that guards the calls
     */
    Map<String, String> start(String service, String client, String guard) {
        var started = listen();
        started.createContext(path, this::handle);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.start();
        server = started;
        return Map.of(
                "souk." + service + ".url",
                "http://localhost:" + started.getAddress().getPort(),
                // a test's machine may stand still for longer than the limits that suit a shop
                "quarkus.rest-client." + client + ".read-timeout",
                "5000",
                guard + "/Timeout/value",
                "5000",
                guard + "/Retry/maxDuration",
                "12000");
    }

    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** Answers everything properly from now on, and counts from 0. */
    void heal() {
        fault = NONE;
        asked.set(0);
    }

    /** Requests since {@link #heal}. */
    int asked() {
        return asked.get();
    }

    void goWrong(Fault how) {
        fault = how;
    }

    static boolean send(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        return true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            if (!fault.happens(exchange)) {
                answers.answer(exchange);
            }
        }
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
