package io.souk.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Redis 7 on 127.0.0.1 as a cache: bounded memory, evicts only what has a time to live, keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {
    public static final StopSignal STOP_SIGNAL = StopSignal.TERMINATE;

    private static final int PROBE_MILLIS = 500;
    private static final Map<String, String> SETTINGS = Map.of(
            "bind", "127.0.0.1",
            "maxmemory", "256mb",
            "maxmemory-policy", "volatile-lru",
            "save", "",
            "appendonly", "no",
            "daemonize", "no",
            "databases", "16",
            "tcp-keepalive", "60");

    private final RunningServer server;

    private RedisServer(RunningServer server) {
        this.server = server;
    }

    /**
     * Starts a child and comes back when it answers.
     *
     * @param home cache folder for the binary
     * @param data folder it runs in; nothing is kept there
     */
    public static RedisServer start(Path home, Path data, int port, Duration timeout) {
        return start(command(home, data, port, Map.of()), timeout);
    }

    /** Starts a child from a {@link #command} and comes back when it answers. */
    public static RedisServer start(ServerCommand command, Duration timeout) {
        return new RedisServer(RunningServer.start(command, timeout));
    }

    /**
     * How to start it; unpacks the binary first where it is missing. The log is {@code data} + ".log".
     *
     * @param settings of Redis that differ from this class's, such as {@code maxmemory}
     */
    public static ServerCommand command(Path home, Path data, int port, Map<String, String> settings) {
        var binaries = Binaries.redis(home);
        var folder = data.toAbsolutePath().normalize();
        try {
            Folders.make(folder);
        } catch (IOException e) {
            throw new StackException("The folder %s cannot be made: %s.".formatted(folder, e), e);
        }
        var all = new TreeMap<>(SETTINGS);
        all.putAll(settings);
        all.put("port", Integer.toString(port));
        var line = new ArrayList<>(List.of(binaries.resolve("redis-server").toString()));
        all.forEach((name, value) -> line.addAll(List.of("--" + name, value)));
        return new ServerCommand(
                "Redis",
                line,
                Map.of(),
                folder,
                port,
                folder.resolveSibling(folder.getFileName() + ".log"),
                STOP_SIGNAL,
                () -> answers(port));
    }

    public int port() {
        return server.port();
    }

    public Process process() {
        return server.process();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Whether it answers a PING now. */
    public static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PROBE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PROBE_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            return answer.equals("+PONG");
        } catch (IOException _) {
            return false;
        }
    }
}
