package io.souk.testing;

import com.sun.net.httpserver.HttpServer;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.KafkaServer;
import io.souk.stack.LocalIssuer;
import io.souk.stack.PostgresServer;
import io.souk.stack.ProcessId;
import io.souk.stack.RedisServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The process that owns the build's servers. Arguments: the build's folder and the build's process. Ends with that process
 * and takes everything with it: servers, what the tests have started, and the folder.
 */
final class TestServersDaemon {
    /** Writes to standard error, which is the daemon's log. */
    private static final System.Logger LOG = System.getLogger(TestServersDaemon.class.getName());

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Nothing in a test survives the machine, so nothing needs to reach the disk. */
    private static final Map<String, String> POSTGRES =
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "max_connections", "300");

    private static final Map<String, String> REDIS = Map.of("databases", Integer.toString(Space.BOUND));

    private final Path folder;
    private final Processes processes;

    private TestServersDaemon(Path folder) {
        this.folder = folder;
        this.processes = new Processes(folder);
    }

    public static void main(String[] arguments) {
        var daemon = new TestServersDaemon(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::cleanUp, "clean up"));
        try {
            daemon.start();
            Leftovers.remove(Build.root());
            ProcessId.parse(arguments[1])
                    .find()
                    .ifPresent(build -> build.onExit().join());
            System.exit(0);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "the servers of the tests did not start or did not end well", e);
            System.exit(1);
        }
    }

    private void start() throws IOException {
        var home = CacheFolder.ofUser();
        var data = folder.resolve("postgres");
        var postgres = CompletableFuture.supplyAsync(
                () -> PostgresServer.start(PostgresServer.command(home, data, FreePort.next(), POSTGRES), TIMEOUT));
        var redis = CompletableFuture.supplyAsync(() ->
                RedisServer.start(RedisServer.command(home, folder.resolve("redis"), FreePort.next(), REDIS), TIMEOUT));
        var kafka = CompletableFuture.supplyAsync(
                () -> KafkaServer.start(folder.resolve("kafka"), FreePort.next(), TIMEOUT));
        processes.add(postgres.join().process());
        processes.add(redis.join().process());
        processes.add(kafka.join().process());
        new TestServers(
                        ProcessId.of(ProcessHandle.current()),
                        postgres.join().port(),
                        PostgresServer.superuserPassword(data),
                        redis.join().port(),
                        kafka.join().port(),
                        publishKeys())
                .write(folder);
    }

    private String publishKeys() throws IOException {
        var jwks = LocalIssuer.in(Tokens.issuerFolder(folder)).jwks().getBytes(StandardCharsets.UTF_8);
        var http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePort.next()), 0);
        http.createContext("/.well-known/jwks.json", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, jwks.length);
                exchange.getResponseBody().write(jwks);
            }
        });
        http.start();
        return "http://127.0.0.1:%d/.well-known/jwks.json"
                .formatted(http.getAddress().getPort());
    }

    private void cleanUp() {
        processes.killAll();
        try {
            Folders.delete(folder);
            Files.deleteIfExists(Space.lockFile(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }
}
