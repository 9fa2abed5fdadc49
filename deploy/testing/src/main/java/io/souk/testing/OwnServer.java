package io.souk.testing;

import io.souk.stack.Bootstrap;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.KafkaServer;
import io.souk.stack.PostgresServer;
import io.souk.stack.RedisServer;
import io.souk.stack.ServerCommand;
import io.souk.stack.Signals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A server that one test class has for itself, to stop, freeze and start again while the other tests go on with the build's
 * servers. It keeps its port; PostgreSQL and Kafka keep their data, Redis forgets. Ends with {@link #close}, at the latest
 * with the build. Not for use by several threads at once.
 */
public final class OwnServer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final String DATABASE = "souk";
    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final Processes processes;
    private final ServerMaker maker;
    private final Map<String, String> config;
    private ServerCommand command;
    private Process process;

    private OwnServer(String name, ServerMaker maker, Function<Integer, Map<String, String>> config) {
        var buildFolder = Space.own().buildFolder();
        int port = FreePort.next();
        this.folder = buildFolder.resolve("%s-%s".formatted(name, UUID.randomUUID()));
        this.processes = new Processes(buildFolder);
        this.maker = maker;
        this.config = Map.copyOf(config.apply(port));
        try {
            Folders.make(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("making " + folder, e);
        }
        this.command = maker.command(folder.resolve("data"), port);
        this.process = run();
    }

    /** PostgreSQL with the database laid out as in every test; its log can be decoded. */
    public static OwnServer postgres() {
        var server = new OwnServer(
                "postgres",
                (data, port) ->
                        PostgresServer.command(CacheFolder.ofUser(), data, port, Map.of("wal_level", "logical")),
                port -> Map.of("souk.db.host", HOST, "souk.db.port", Integer.toString(port), "souk.db.name", DATABASE));
        var superuser = PostgresServer.superuserPassword(server.folder.resolve("data"));
        Bootstrap.run(HOST, server.port(), DATABASE, Space.passwords(superuser));
        return server;
    }

    public static OwnServer redis() {
        return new OwnServer(
                "redis",
                (data, port) -> RedisServer.command(CacheFolder.ofUser(), data, port, Map.of()),
                port -> Map.of("souk.redis.url", "redis://%s:%d".formatted(HOST, port)));
    }

    public static OwnServer kafka() {
        return new OwnServer(
                "kafka",
                (data, port) -> KafkaServer.command(data, port, Map.of()),
                port -> Map.of("kafka.bootstrap.servers", "%s:%d".formatted(HOST, port)));
    }

    /** What a service must be told to use this server instead of the build's. */
    public Map<String, String> config() {
        return config;
    }

    public int port() {
        return command.port();
    }

    /** The database as PostgreSQL's superuser sees it, who may also decode its log; to be closed by the caller. */
    public Database superuser() {
        return Database.ofSuperuser(
                "jdbc:postgresql://%s:%d/%s".formatted(HOST, port(), DATABASE),
                PostgresServer.superuserPassword(folder.resolve("data")));
    }

    /** Starts it again after {@link #stop} or {@link #kill} and comes back when it answers. */
    public void start() {
        if (process.isAlive()) {
            throw new IllegalStateException(command.name() + " runs already");
        }
        command = maker.command(folder.resolve("data"), command.port());
        process = run();
    }

    /** Ends it in good order and comes back when it has ended. */
    public void stop() {
        resume();
        command.stopSignal().stop(process.toHandle(), GRACE);
    }

    /** Ends it as a crash would, and comes back when it has ended. */
    public void kill() {
        Processes.kill(process.toHandle());
    }

    /** Freezes it: its port is open and its connections stay, but it answers nothing. */
    public void pause() {
        Signals.freeze(process.toHandle());
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        Signals.thaw(process.toHandle());
    }

    @Override
    public void close() {
        kill();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }

    private Process run() {
        var started = command.start();
        processes.add(started);
        command.awaitReady(started.toHandle(), TIMEOUT);
        return started;
    }

    @FunctionalInterface
    private interface ServerMaker {
        ServerCommand command(Path data, int port);
    }
}
