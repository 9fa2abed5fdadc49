package io.souk.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers {@code GET /v1/reservations/{id}} over HTTP as the inventory documents it, with the reservations that a test lays
 * out. The real inventory meets orders in the end-to-end tests.
 */
public final class InventoryServer implements QuarkusTestResourceLifecycleManager {
    private static final String PATH = "/v1/reservations/";
    private static final Map<UUID, Reservation> RESERVATIONS = new ConcurrentHashMap<>();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile CatalogueServer.Fault fault = _ -> false;

    private @Nullable HttpServer server;

    /** @param readers the tokens that may see it; to others there is no such thing */
    private record Reservation(
            @Nullable UUID order, @Nullable String owner, String status, Set<String> readers) {}

    /** An owner's. */
    static UUID hold(String owner, String status, String... readers) {
        return put(new Reservation(null, owner, status, Set.of(readers)));
    }

    static UUID ofOrder(String... readers) {
        return put(new Reservation(UUID.randomUUID(), null, "OPEN", Set.of(readers)));
    }

    private static UUID put(Reservation reservation) {
        var id = UUID.randomUUID();
        RESERVATIONS.put(id, reservation);
        return id;
    }

    /** Answers everything properly from now on, and counts from 0. */
    static void heal() {
        fault = _ -> false;
        ASKED.set(0);
    }

    /** Requests since {@link #heal}. */
    static int asked() {
        return ASKED.get();
    }

    static void goWrong(CatalogueServer.Fault how) {
        fault = how;
    }

    @Override
    public Map<String, String> start() {
        var started = listen();
        started.createContext(PATH, InventoryServer::answer);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.start();
        server = started;
        return Map.of(
                "souk.inventory.url",
                "http://localhost:" + started.getAddress().getPort(),
                // a test's machine may stand still for longer than the limits that suit a shop
                "quarkus.rest-client.inventory.read-timeout",
                "5000",
                "io.souk.orders.hold.AskInventory/Timeout/value",
                "5000",
                "io.souk.orders.hold.AskInventory/Retry/maxDuration",
                "12000");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ASKED.incrementAndGet();
            if (fault.happens(exchange)) {
                return;
            }
            var id = UUID.fromString(exchange.getRequestURI().getPath().substring(PATH.length()));
            var bearer = exchange.getRequestHeaders().getFirst("Authorization");
            @Nullable Reservation found = RESERVATIONS.get(id);
            if (found == null || found.readers().stream().noneMatch(token -> ("Bearer " + token).equals(bearer))) {
                CatalogueServer.send(exchange, 404, "{}");
            } else {
                CatalogueServer.send(exchange, 200, view(id, found));
            }
        }
    }

    private static String view(UUID id, Reservation reservation) {
        return """
               {"id":"%s","orderId":%s,"owner":%s,"status":"%s","lines":[],"refused":[],
                "expiresAt":"2026-11-21T16:33:45Z","version":1,"createdAt":"2026-11-21T16:33:45Z","updatedAt":"2026-11-21T16:33:45Z"}""".formatted(id, quoted(reservation.order()), quoted(reservation.owner()), reservation.status());
    }

    private static String quoted(@Nullable Object value) {
        return value == null ? "null" : "\"" + value + '"';
    }
}
