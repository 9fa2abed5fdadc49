package io.souk.stack;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ServersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Path HOME = CacheFolder.ofUser();

    private static final Path FOLDER =
            HOME.resolve("stack-test-" + ProcessHandle.current().pid());

    @BeforeAll
    static void make() throws Exception {
        Folders.make(FOLDER);
    }

    @AfterAll
    static void delete() throws Exception {
        Folders.delete(FOLDER);
    }

    @Test
    void givenPostgresStopped_whenStartedAgain_thenItStillHasItsRows() throws Exception {
        var data = FOLDER.resolve("postgres");
        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            sql(server.port(), data, "create table kept as select 42 as answer");
        }

        try (var server = PostgresServer.start(HOME, data, FreePort.next(), TIMEOUT)) {
            assertThat(sql(server.port(), data, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void givenKafkaStopped_whenStartedAgain_thenItStillHasItsTopics() throws Exception {
        var data = FOLDER.resolve("kafka");
        try (var server = KafkaServer.start(data, FreePort.next(), TIMEOUT);
                var admin = admin(server.port())) {
            admin.createTopics(List.of(new NewTopic("kept", 4, (short) 1)))
                    .all()
                    .get();
        }

        try (var server = KafkaServer.start(data, FreePort.next(), TIMEOUT);
                var admin = admin(server.port())) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    @Test
    void whenRedisIsStarted_thenItAnswersAndEndsWhenClosed() {
        var server = RedisServer.start(HOME, FOLDER.resolve("redis"), FreePort.next(), TIMEOUT);
        server.close();

        assertThat(server.process().isAlive()).isFalse();
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
