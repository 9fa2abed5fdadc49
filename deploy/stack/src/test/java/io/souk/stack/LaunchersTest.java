package io.souk.stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The stack launched from a JVM of its own: detached from it, and as an ordinary user. */
class LaunchersTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @RegisterExtension
    static final TestFolder FOLDER = new TestFolder();

    /** Starts PostgreSQL and Redis detached and says which processes they are. Arguments: folder and both ports. */
    static final class Detached {
        private Detached() {}

        public static void main(String[] arguments) throws IOException {
            var folder = Path.of(arguments[0]);
            var home = CacheFolder.ofUser();
            var postgres =
                    PostgresServer.command(home, folder.resolve("postgres"), Integer.parseInt(arguments[1]), Map.of());
            var redis = RedisServer.command(home, folder.resolve("redis"), Integer.parseInt(arguments[2]), Map.of());
            var pids = new ArrayList<String>();
            for (var command : List.of(postgres, redis)) {
                var process = command.startDetached();
                command.awaitReady(process.toHandle(), TIMEOUT);
                pids.add(ProcessId.of(process.toHandle()).toString());
            }
            Files.write(folder.resolve("pids"), pids);
        }
    }

    /** Starts and stops everything. Argument: folder. */
    static final class Everything {
        private Everything() {}

        public static void main(String[] arguments) throws IOException {
            var folder = Path.of(arguments[0]);
            var home = folder.resolve("cache");
            try (var postgres = PostgresServer.start(home, folder.resolve("postgres"), FreePort.next(), TIMEOUT);
                    var redis = RedisServer.start(home, folder.resolve("redis"), FreePort.next(), TIMEOUT);
                    var kafka = KafkaServer.start(folder.resolve("kafka"), FreePort.next(), TIMEOUT)) {
                var password = PostgresServer.superuserPassword(folder.resolve("postgres"));
                Bootstrap.run("127.0.0.1", postgres.port(), "souk", Map.of("postgres", password));
                Files.writeString(
                        folder.resolve("owner"),
                        Files.getOwner(folder.resolve("postgres")).getName());
                Files.writeString(folder.resolve("ports"), redis.port() + " " + kafka.port());
            }
        }
    }

    @Test
    void givenServersStartedDetached_whenTheirLauncherHasEnded_thenTheyRunUntilStopped() throws Exception {
        Folders.make(FOLDER.resolve("detached"));
        int postgresPort = FreePort.next();
        int redisPort = FreePort.next();

        run(java(
                System.getProperty("java.class.path"),
                Detached.class,
                FOLDER.resolve("detached").toString(),
                Integer.toString(postgresPort),
                Integer.toString(redisPort)));

        var pids = Files.readAllLines(FOLDER.resolve("detached/pids"));
        var postgres = ProcessId.parse(pids.get(0)).find().orElseThrow();
        var redis = ProcessId.parse(pids.get(1)).find().orElseThrow();
        assertThat(FreePort.isFree(postgresPort)).isFalse();
        assertThat(FreePort.isFree(redisPort)).isFalse();
        assertThat(PostgresServer.STOP_SIGNAL.stop(postgres, Duration.ofSeconds(20)))
                .isTrue();
        assertThat(RedisServer.STOP_SIGNAL.stop(redis, Duration.ofSeconds(20))).isTrue();
        assertThat(FreePort.isFree(postgresPort)).isTrue();
        assertThat(FOLDER.resolve("detached/postgres/postmaster.pid")).doesNotExist();
    }

    /** Without root, all other tests run as an ordinary user anyway. */
    @Test
    @EnabledIf("io.souk.stack.UnprivilegedUser#isRoot")
    void givenAnOrdinaryUser_whenEverythingIsStarted_thenItRunsAsThatUser() throws Exception {
        var folder = FOLDER.resolve("ordinary");
        Folders.make(folder);
        var user = UnprivilegedUser.forThisProcess();
        var classPath = copyClassPath(FOLDER.resolve("lib"));
        user.give(folder);

        run(user.run(java(classPath, Everything.class, folder.toString())));

        assertThat(Files.readString(folder.resolve("owner"))).isEqualTo("nobody");
    }

    /** The jars may lie in a folder that is closed to others, such as root's. */
    private static String copyClassPath(Path lib) throws IOException {
        Folders.make(lib);
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var copy = lib.resolve(Integer.toString(copies.size()));
            copyTree(Path.of(entry), copy);
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static List<String> java(String classPath, Class<?> main, String... arguments) {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp", classPath));
        line.add(main.getName());
        line.addAll(List.of(arguments));
        return line;
    }

    private static void run(List<String> line) throws Exception {
        var output = FOLDER.resolve("output");
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }
}
