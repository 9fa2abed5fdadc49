package io.souk.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that nobody listens on. They lie below the range from which Linux and macOS take the ports of outgoing
 * connections, so that a connection opened between the finding and the use cannot take one.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int BOUND = 32_000;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port of 127.0.0.1 that is free now and that this JVM has not been given before. */
    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new StackException("No free port was found between %d and %d.".formatted(LOWEST, BOUND));
    }

    /** Whether a server could listen on this port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
