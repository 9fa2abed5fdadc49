package io.souk.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;

/**
 * Gives a Quarkus test real servers: the build's, in a space of this test JVM's own. Use it as
 * {@code @WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)}.
 */
public final class SoukServers implements QuarkusTestResourceLifecycleManager {
    /** More than one, so that order across partitions is not to be had by accident; few, so that topics are made quickly. */
    private static final int PARTITIONS = 4;

    /** What a machine that stands still for a moment makes requests wait for a connection is no fault of the service. */
    private static final String ACQUIRE_TIMEOUT = "20s";

    @Override
    public Map<String, String> start() {
        var space = Space.own();
        var servers = space.servers();
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("souk.db.host", "127.0.0.1"),
                Map.entry("souk.db.port", Integer.toString(servers.postgresPort())),
                Map.entry("souk.db.name", space.name()),
                Map.entry("souk.db.app-password", Space.password("app")),
                Map.entry("souk.db.worker-password", Space.password("worker")),
                Map.entry("souk.db.owner-password", Space.password("owner")),
                Map.entry("souk.transactions.acquire-timeout", ACQUIRE_TIMEOUT),
                Map.entry("souk.redis.url", space.redisUrl()),
                Map.entry("kafka.bootstrap.servers", servers.kafka()),
                Map.entry("souk.events.topic-prefix", space.name()),
                Map.entry("souk.events.partitions", Integer.toString(PARTITIONS)),
                Map.entry("souk.token.issuer", Tokens.issuer().issuer()),
                Map.entry("souk.token.audience", Tokens.issuer().audience()),
                Map.entry("souk.token.jwks-url", servers.jwksUrl()));
    }

    /** Nothing to stop: the servers end with the build, and other tests of this JVM go on with the same space. */
    @Override
    public void stop() {}
}
