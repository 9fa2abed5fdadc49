package io.souk.orders;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers {@code GET /v1/reservations/{id}} over HTTP as the inventory documents it, with the reservations that a test lays
 * out. The real inventory meets orders in the end-to-end tests.
 */
public final class InventoryServer implements QuarkusTestResourceLifecycleManager {
    private static final String PATH = "/v1/reservations/";
    private static final Map<UUID, Reservation> RESERVATIONS = new ConcurrentHashMap<>();
    private static final PeerServer SERVER = new PeerServer(PATH, InventoryServer::answer);

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

    static void heal() {
        SERVER.heal();
    }

    static int asked() {
        return SERVER.asked();
    }

    static void goWrong(PeerServer.Fault how) {
        SERVER.goWrong(how);
    }

    @Override
    public Map<String, String> start() {
        return SERVER.start("inventory", "inventory", "io.souk.orders.hold.AskInventory");
    }

    @Override
    public void stop() {
        SERVER.stop();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var id = UUID.fromString(exchange.getRequestURI().getPath().substring(PATH.length()));
        var bearer = exchange.getRequestHeaders().getFirst("Authorization");
        @Nullable Reservation found = RESERVATIONS.get(id);
        if (found == null || found.readers().stream().noneMatch(token -> ("Bearer " + token).equals(bearer))) {
            PeerServer.send(exchange, 404, "{}");
        } else {
            PeerServer.send(exchange, 200, view(id, found));
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
