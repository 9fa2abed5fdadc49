package io.souk.stack;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServersTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Path HOME = CacheFolder.ofUser();

    @RegisterExtension
    static final TestFolder FOLDER = new TestFolder();

    @Test
    void givenPostgresStopped_whenStartedAgain_thenItStillHasItsRows() throws Exception {
        var data = FOLDER.resolve("stopped");
        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            sql(server.port(), data, "create table kept as select 42 as answer");
        }

        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            assertThat(sql(server.port(), data, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void givenPostgresKilled_whenStartedAtOnce_thenItStillHasItsRows() throws Exception {
        var data = FOLDER.resolve("killed");
        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            sql(server.port(), data, "create table kept as select 42 as answer");
            server.process().destroyForcibly().waitFor();
        }

        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            assertThat(sql(server.port(), data, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void givenPostgresKilledWhileAQueryRuns_whenStartedAtOnce_thenItWaitsForTheQuery() throws Exception {
        var data = FOLDER.resolve("busy");
        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT);
                var threads = Executors.newSingleThreadExecutor()) {
            int port = server.port();
            var query = threads.submit(
                    () -> sql(port, data, "set statement_timeout = '10s'; do 'begin loop null; end loop; end'"));
            awaitQuery(port, data);
            server.process().destroyForcibly().waitFor();

            PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT).close();

            assertThatThrownBy(query::get).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void givenAPidFileThatNamesAnotherProcess_whenStarted_thenItIsNotInTheWay() throws Exception {
        var data = FOLDER.resolve("stale");
        PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT).close();
        var user = UnprivilegedUser.forThisProcess();
        var other = new ProcessBuilder(user.run(List.of("sleep", "600"))).start();
        var pidFile = data.resolve("postmaster.pid");
        Files.writeString(pidFile, "%d\n%s\n1\n1\n\n127.0.0.1\n0 0\nready\n".formatted(other.pid(), data));
        user.give(data);

        PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT).close();

        other.destroy();
    }

    @Test
    void givenPostgresRunning_whenStartedOnTheSameData_thenTheOneThatRunsIsNamed() {
        var data = FOLDER.resolve("twice");
        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            assertThatThrownBy(() -> PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT))
                    .hasMessageContaining("already runs on")
                    .hasMessageContaining(Long.toString(server.process().pid()));
        }
    }

    @Test
    void givenAnUnknownSetting_whenStarted_thenTheEndOfTheLogSaysSo() {
        var command =
                PostgresServer.command(HOME, FOLDER.resolve("broken"), FreePort.next(), Map.of("no_such_setting", "1"));

        assertThatThrownBy(() -> PostgresServer.start(command, TIMEOUT))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("ended while it was starting")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    @EnabledIf("io.souk.stack.UnprivilegedUser#isRoot")
    void givenRootAndAFolderClosedToOthers_whenStarted_thenThatIsSaid() throws Exception {
        var closed = Files.createDirectory(
                FOLDER.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThatThrownBy(() -> PostgresServer.start(HOME, closed.resolve("postgres"), FreePort.next(), TIMEOUT))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("cannot enter " + closed);
    }

    @Test
    void givenKafkaStoppedAndThenKilled_whenStartedAgain_thenItStillHasItsTopics() throws Exception {
        var data = FOLDER.resolve("kafka");
        try (var server = KafkaServer.start(data, FreePort.next(), TIMEOUT);
                var admin = admin(server.port())) {
            admin.createTopics(List.of(new NewTopic("stopped", 4, (short) 1)))
                    .all()
                    .get();
        }

        try (var server = KafkaServer.start(data, FreePort.next(), TIMEOUT);
                var admin = admin(server.port())) {
            admin.createTopics(List.of(new NewTopic("killed", 4, (short) 1)))
                    .all()
                    .get();
            server.process().destroyForcibly().waitFor();
        }

        try (var server = KafkaServer.start(data, FreePort.next(), TIMEOUT);
                var admin = admin(server.port())) {
            assertThat(admin.listTopics().names().get()).contains("stopped", "killed");
        }
    }

    @Test
    void givenRedisStarted_whenClosed_thenItHasEnded() {
        var server = RedisServer.start(HOME, FOLDER.resolve("redis"), FreePort.next(), TIMEOUT);
        server.close();

        assertThat(server.process().isAlive()).isFalse();
    }

    @Test
    void givenAPortThatIsTaken_whenStarted_thenThatIsSaid() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> RedisServer.start(HOME, FOLDER.resolve("taken"), socket.getLocalPort(), TIMEOUT))
                    .isInstanceOf(StackException.class)
                    .hasMessage("Redis cannot start: port %d is taken by another process.", socket.getLocalPort());
        }
    }

    private static void awaitQuery(int port, Path data) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!sql(port, data, "select count(*) from pg_stat_activity where ltrim(query) like 'do %'")
                .equals("1")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Pause.between(Duration.ofMillis(20));
        }
    }

    private static Admin admin(int port) {
        return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
    }

    private static String sql(int port, Path data, String sql) throws Exception {
        var password = PostgresServer.superuserPassword(data);
        try (var connection = Bootstrap.superuser("127.0.0.1", port, "postgres", password)
                        .getConnection();
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
