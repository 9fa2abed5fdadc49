package io.souk.chaos.fleet;

import io.souk.chaos.proxy.TcpProxy;
import io.souk.cli.local.Component;
import io.souk.cli.local.Ports;
import io.souk.stack.FreePort;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One process of a service, and its own ways to the servers.
 *
 * @param name e.g. {@code catalog-1}
 * @param port that it listens on
 * @param kafkaPort where Kafka listens for this replica alone
 */
record Replica(String name, Component service, int port, int kafkaPort, Map<Server, TcpProxy> ways) {
    static Replica of(Component service, int number, Ports ports) {
        var name = service.label() + "-" + number;
        int port = number == 1 ? ports.of(service) : FreePort.next();
        int kafkaPort = FreePort.next();
        var ways = new EnumMap<Server, TcpProxy>(Server.class);
        for (var server : Server.values()) {
            int target = server == Server.KAFKA ? kafkaPort : ports.of(server.component());
            ways.put(server, TcpProxy.open(name + " to " + server.label(), FreePort.next(), target));
        }
        return new Replica(name, service, port, kafkaPort, ways);
    }

    TcpProxy way(Server server) {
        return Objects.requireNonNull(ways.get(server));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Of its listener at Kafka. */
    String listener() {
        return name.replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** What differs from a service that reaches the servers by itself, and has the usual settings. */
    Map<String, String> environment(Map<String, String> usual, Map<String, String> settings) {
        var environment = new HashMap<>(usual);
        environment.putAll(settings);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("SOUK_DB_PORT", Integer.toString(way(Server.POSTGRES).port()));
        environment.put(
                "SOUK_REDIS_URL", "redis://127.0.0.1:" + way(Server.REDIS).port());
        environment.put(
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + way(Server.KAFKA).port());
        return environment;
    }
}
