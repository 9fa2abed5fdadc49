package io.souk.cli.local;

import io.souk.cli.Http;
import io.souk.stack.KafkaServer;
import io.souk.stack.PostgresServer;
import io.souk.stack.RedisServer;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;

/**
 * Asks the running components how they are. An open port alone says nothing: a process that was stopped keeps it. Each answer
 * is waited for some two seconds at most.
 */
final class Probe {
    private static final int MILLIS = 1_000;
    private static final Pattern REDIS_VERSION = Pattern.compile("redis_version:(\\S+)");

    private final Http http = new Http();

    /**
     * What a component says of itself.
     *
     * @param ready whether it does what it is there for
     * @param version its own, not ours; null when it does not tell
     */
    record Answer(boolean ready, @Nullable String version) {
        static final Answer NONE = new Answer(false, null);
    }

    Answer ask(DataFolder data, Ports ports, Component component) {
        int port = ports.of(component);
        return switch (component) {
            case POSTGRES -> new Answer(PostgresServer.answers(data.of(component), port), postgresVersion(data));
            case REDIS -> new Answer(RedisServer.answers(port), redisVersion(port));
            case KAFKA -> new Answer(KafkaServer.answers(port), AppInfoParser.getVersion()); // it has our class path
            case CATALOG, INVENTORY, ORDERS, SEARCH -> service(URI.create(ports.url(component) + "/q/health/ready"));
            case GATEWAY -> gateway(URI.create(ports.url(component) + "/"));
        };
    }

    private Answer service(URI readiness) {
        return http.look(readiness)
                .map(reply -> {
                    String version = null;
                    for (var check : reply.json().path("checks")) {
                        version = check.path("data").path("version").asText(version);
                    }
                    return new Answer(reply.status() == 200, version);
                })
                .orElse(Answer.NONE);
    }

    private Answer gateway(URI index) {
        return http.look(index)
                .map(reply -> new Answer(
                        reply.status() == 200, reply.json().path("version").asText(null)))
                .orElse(Answer.NONE);
    }

    /** The major version, as the data's own file says. */
    private static @Nullable String postgresVersion(DataFolder data) {
        try {
            return Files.readString(data.of(Component.POSTGRES).resolve("PG_VERSION"))
                    .strip();
        } catch (IOException _) {
            return null;
        }
    }

    private static @Nullable String redisVersion(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), MILLIS);
            socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
            var version = REDIS_VERSION.matcher(
                    new String(socket.getInputStream().readNBytes(64), StandardCharsets.US_ASCII));
            return version.find() ? version.group(1) : null;
        } catch (IOException _) {
            return null;
        }
    }
}
