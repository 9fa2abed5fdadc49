package io.souk.testing;

import io.souk.stack.Bootstrap;
import io.souk.stack.Folders;
import io.souk.stack.ProcessId;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * This test JVM's own part of the build's servers: a bootstrapped database, a topic prefix and a Redis database, all named
 * after one number.
 */
record Space(Path buildFolder, TestServers servers, int number) {
    static final int BOUND = 256;

    /** Kept as a system property because tests and test resources may be loaded by different class loaders of one JVM. */
    private static final String NUMBER = "souk.test.space";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(150);
    private static final Duration LOOK = Duration.ofMillis(50);

    private static volatile @Nullable Space own;

    /** Of this JVM; starts the servers if this is the build's first. */
    static Space own() {
        var known = own;
        if (known == null) {
            known = join();
            own = known;
        }
        return known;
    }

    private static Space join() {
        synchronized (Runtime.getRuntime()) { // the one monitor that all class loaders share
            var build = Build.current();
            var folder = build.folder();
            try (var _ = lock(folder)) {
                var running = TestServers.find(folder);
                var servers = running.isPresent() ? running.get() : startDaemon(build);
                var known = System.getProperty(NUMBER);
                if (known != null) {
                    return new Space(folder, servers, Integer.parseInt(known));
                }
                var space = new Space(folder, servers, nextNumber(folder));
                space.bootstrap();
                System.setProperty(NUMBER, Integer.toString(space.number));
                return space;
            } catch (IOException e) {
                throw new UncheckedIOException("sharing " + folder, e);
            }
        }
    }

    String name() {
        return "test" + number;
    }

    String redisUrl() {
        return "redis://127.0.0.1:%d/%d".formatted(servers.redisPort(), number);
    }

    static String password(String kind) {
        return kind + "-password";
    }

    private void bootstrap() {
        Bootstrap.run("127.0.0.1", servers.postgresPort(), name(), passwords(servers.postgresPassword()));
    }

    static Map<String, String> passwords(String superuser) {
        var passwords = new HashMap<String, String>();
        passwords.put("postgres", superuser);
        for (var service : Bootstrap.services()) {
            for (var kind : List.of("owner", "app", "worker")) {
                passwords.put(service + "_" + kind, password(kind));
            }
        }
        return passwords;
    }

    private static FileChannel lock(Path folder) throws IOException {
        Folders.make(Build.root());
        var channel = FileChannel.open(lockFile(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    static Path lockFile(Path buildFolder) {
        return buildFolder.resolveSibling(buildFolder.getFileName() + ".lock");
    }

    private static int nextNumber(Path folder) throws IOException {
        var counter = folder.resolve("spaces");
        int number = Files.exists(counter) ? Integer.parseInt(Files.readString(counter)) + 1 : 1;
        if (number >= BOUND) {
            throw new IllegalStateException("one build has at most %d test JVMs".formatted(BOUND - 1));
        }
        Files.writeString(counter, Integer.toString(number));
        return number;
    }

    static TestServers startDaemon(Build build) throws IOException {
        var folder = build.folder();
        new Processes(folder).killAll();
        Folders.delete(folder);
        Folders.make(folder);
        var log = folder.resolve("daemon.log");
        var daemon = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestServersDaemon.class.getName(),
                        folder.toString(),
                        build.process().toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return awaitServers(folder, daemon, log);
    }

    private static TestServers awaitServers(Path folder, Process daemon, Path log) throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            var servers = TestServers.find(folder);
            if (servers.isPresent() && servers.get().daemon().equals(ProcessId.of(daemon.toHandle()))) {
                return servers.get();
            }
            try {
                if (daemon.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        var output = Files.exists(log) ? Files.readString(log) : "(its folder is gone)";
        daemon.destroy();
        throw new IllegalStateException("the test servers did not start:\n" + output);
    }
}
