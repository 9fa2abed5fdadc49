package io.souk.testing;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OwnServerTest {
    private static final int PATIENCE_MILLIS = 60_000;

    @Test
    void givenAPausedRedis_whenAsked_thenItAcceptsButDoesNotAnswerUntilResumed() throws Exception {
        try (var redis = OwnServer.redis();
                var connection = connect(redis.port())) {
            assertThat(ask(connection)).isEqualTo("+PONG");

            redis.pause();
            connection.setSoTimeout(300);
            assertThatThrownBy(() -> ask(connection)).isInstanceOf(SocketTimeoutException.class);

            redis.resume();
            connection.setSoTimeout(PATIENCE_MILLIS);
            assertThat(ask(connection)).isEqualTo("+PONG");
        }
    }

    @Test
    void givenAStoppedRedis_whenStartedAgain_thenItAnswersOnTheSamePort() throws Exception {
        try (var redis = OwnServer.redis()) {
            int port = redis.port();

            redis.stop();
            assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);

            redis.start();
            assertThat(ask(connect(port))).isEqualTo("+PONG");
        }
    }

    @Test
    void givenPostgresKilledInATransaction_whenStartedAgain_thenOnlyWhatWasCommittedIsThere() throws Exception {
        try (var postgres = OwnServer.postgres()) {
            try (var connection = connect(postgres)) {
                execute(connection, "create table thing (id int)");
                execute(connection, "insert into thing values (1)");
                connection.setAutoCommit(false);
                execute(connection, "insert into thing values (2)");
                postgres.kill();
                assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            }

            postgres.start();

            try (var connection = connect(postgres);
                    var rows = connection.createStatement().executeQuery("select count(*) from thing")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void givenKafkaKilled_whenStartedAgain_thenItHasItsTopics() throws Exception {
        try (var kafka = OwnServer.kafka();
                var admin = Admin.create(bootstrap(kafka))) {
            admin.createTopics(List.of(new NewTopic("kept", 2, (short) 1)))
                    .all()
                    .get();

            kafka.kill();
            kafka.start();

            eventually(() -> assertThat(topics(admin)).contains("kept"));
        }
    }

    private static Map<String, Object> bootstrap(OwnServer kafka) {
        return Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port());
    }

    private static Iterable<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (Exception e) {
            throw new IllegalStateException("listing topics", e);
        }
    }

    private static Connection connect(OwnServer postgres) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/souk".formatted(postgres.port());
        return DriverManager.getConnection(url, "catalog_owner", Space.password("owner"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
        return socket;
    }

    private static String ask(Socket redis) throws IOException {
        redis.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        return new String(redis.getInputStream().readNBytes(7), StandardCharsets.US_ASCII).strip();
    }
}
