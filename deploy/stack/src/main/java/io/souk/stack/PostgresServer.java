package io.souk.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PostgreSQL 18 on 127.0.0.1, sized for a small machine, durable. Every role logs in with a password; that of the superuser
 * {@code postgres} is made with the data and kept beside it, readable by its owner only.
 */
public final class PostgresServer implements AutoCloseable {
    public static final StopSignal STOP_SIGNAL = StopSignal.INTERRUPT;

    private static final int PROBE_SECONDS = 2;
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""), // their paths are too short for some cache folders
            Map.entry("max_connections", "150"),
            Map.entry("superuser_reserved_connections", "5"),
            Map.entry("shared_buffers", "96MB"),
            Map.entry("effective_cache_size", "512MB"),
            Map.entry("work_mem", "4MB"),
            Map.entry("maintenance_work_mem", "32MB"),
            Map.entry("wal_buffers", "4MB"),
            Map.entry("max_wal_size", "512MB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("fsync", "on"),
            Map.entry("io_method", "sync"), // saves the three I/O worker processes
            Map.entry("max_worker_processes", "4"),
            Map.entry("max_parallel_workers", "2"),
            Map.entry("autovacuum_max_workers", "2"),
            Map.entry("jit", "off"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("shared_preload_libraries", "pg_stat_statements"),
            Map.entry("pg_stat_statements.max", "1000"),
            Map.entry("track_io_timing", "on"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_line_prefix", "%m [%p] %u@%d "),
            Map.entry("log_min_duration_statement", "1s"),
            Map.entry("log_lock_waits", "on"));

    private final RunningServer server;

    private PostgresServer(RunningServer server) {
        this.server = server;
    }

    /**
     * Starts a child and comes back when it answers. Makes the data when {@code data} does not exist; goes on with it, after
     * a crash too, when it does.
     *
     * @param home cache folder for the binaries
     */
    public static PostgresServer start(Path home, Path data, int port, Duration timeout) {
        return start(command(home, data, port, Map.of()), timeout);
    }

    /** Starts a child from a {@link #command} and comes back when it answers. */
    public static PostgresServer start(ServerCommand command, Duration timeout) {
        return new PostgresServer(RunningServer.start(command, timeout));
    }

    /**
     * How to start it; unpacks the binaries and makes the data first where they are missing. The log is {@code data} + ".log".
     *
     * @param settings of PostgreSQL that differ from this class's
     */
    public static ServerCommand command(Path home, Path data, int port, Map<String, String> settings) {
        var binaries = Binaries.postgres(home);
        var folder = data.toAbsolutePath().normalize();
        var user = UnprivilegedUser.forThisProcess();
        user.requireReachable(binaries);
        user.requireReachable(folder);
        try {
            if (!Files.isDirectory(folder)) {
                makeData(binaries, folder, user);
            }
            StalePidFile.remove(folder);
        } catch (IOException e) {
            throw new StackException("The PostgreSQL data %s cannot be made: %s.".formatted(folder, e), e);
        }
        var password = superuserPassword(folder);
        return new ServerCommand(
                "PostgreSQL",
                user.run(line(binaries, folder, port, settings)),
                ENVIRONMENT,
                folder,
                port,
                folder.resolveSibling(folder.getFileName() + ".log"),
                STOP_SIGNAL,
                () -> answers(port, password));
    }

    /** The superuser's password, made together with this data. */
    public static String superuserPassword(Path data) {
        try {
            return Files.readString(passwordFile(data.toAbsolutePath().normalize()))
                    .strip();
        } catch (IOException e) {
            throw new StackException("The superuser's password of %s cannot be read: %s.".formatted(data, e), e);
        }
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

    private static List<String> line(Path binaries, Path data, int port, Map<String, String> settings) {
        var all = new TreeMap<>(SETTINGS);
        all.putAll(settings);
        all.put("port", Integer.toString(port));
        var line = new ArrayList<>(List.of(binaries.resolve("bin/postgres").toString(), "-D", data.toString()));
        all.forEach((name, value) -> line.addAll(List.of("-c", name + "=" + value)));
        return line;
    }

    /** Makes the data under another name first, so that what has the name is whole. */
    private static void makeData(Path binaries, Path data, UnprivilegedUser user) throws IOException {
        var partial = data.resolveSibling(data.getFileName() + ".new");
        Folders.delete(partial);
        Folders.make(partial);
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
        writePassword(data);
        user.give(partial);
        user.give(passwordFile(data));
        var initdb = List.of(
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + partial,
                "--username=postgres",
                "--pwfile=" + passwordFile(data),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        Programs.run(user.run(initdb), ENVIRONMENT, partial);
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writePassword(Path data) throws IOException {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        var file = passwordFile(data);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(bytes), StandardCharsets.US_ASCII);
    }

    private static Path passwordFile(Path data) {
        return data.resolveSibling(data.getFileName() + ".password");
    }

    /** Whether the one with this data answers a query now. */
    public static boolean answers(Path data, int port) {
        return answers(port, superuserPassword(data));
    }

    private static boolean answers(int port, String password) {
        var source = Bootstrap.superuser("127.0.0.1", port, "postgres", password);
        source.setSslMode("disable"); // else it would be asked twice
        source.setSocketTimeout(PROBE_SECONDS);
        try (var connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }
}
