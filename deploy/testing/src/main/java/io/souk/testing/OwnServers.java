package io.souk.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives one Quarkus test class servers of its own, which it may stop and freeze; the rest it has from {@link SoukServers}:
 *
 * <pre>{@code
 * @WithTestResource(value = OwnServers.class, initArgs = @ResourceArg(name = "servers", value = "redis,kafka"))
 * }</pre>
 *
 * <p>The test gets them by {@link #redis()}, {@link #kafka()} and {@link #postgres()}.
 */
public final class OwnServers implements QuarkusTestResourceLifecycleManager {
    private static final Map<String, OwnServer> RUNNING = new ConcurrentHashMap<>();

    private String[] names = {};

    public static OwnServer postgres() {
        return running("postgres");
    }

    public static OwnServer redis() {
        return running("redis");
    }

    public static OwnServer kafka() {
        return running("kafka");
    }

    private static OwnServer running(String name) {
        return Optional.ofNullable(RUNNING.get(name))
                .orElseThrow(() -> new IllegalStateException("the test asked for no %s of its own".formatted(name)));
    }

    @Override
    public void init(Map<String, String> arguments) {
        names = arguments.getOrDefault("servers", "").split(",");
    }

    /** After {@link SoukServers}, whose addresses these replace. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var config = new HashMap<String, String>();
        Arrays.stream(names).forEach(name -> config.putAll(start(name.strip()).config()));
        return config;
    }

    private static OwnServer start(String name) {
        var server =
                switch (name) {
                    case "postgres" -> OwnServer.postgres();
                    case "redis" -> OwnServer.redis();
                    case "kafka" -> OwnServer.kafka();
                    default -> throw new IllegalArgumentException("no such server: " + name);
                };
        RUNNING.put(name, server);
        return server;
    }

    @Override
    public void stop() {
        Arrays.stream(names).map(name -> RUNNING.remove(name.strip())).forEach(OwnServers::close);
    }

    private static void close(@Nullable OwnServer server) {
        if (server != null) {
            server.close();
        }
    }
}
