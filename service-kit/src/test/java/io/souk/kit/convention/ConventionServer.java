package io.souk.kit.convention;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The issuer for the tests of this package; no database, Redis or Kafka is there, and none is needed. */
public final class ConventionServer implements QuarkusTestResourceLifecycleManager {
    /** A port on which nothing listens. */
    private static final String NOWHERE = "1";

    private @Nullable TestIssuer issuer;

    @Override
    public Map<String, String> start() {
        issuer = new TestIssuer();
        return Map.of(
                "souk.token.jwks-url",
                issuer.url(),
                "souk.token.issuer",
                TestIssuer.NAME,
                "souk.token.audience",
                TestIssuer.AUDIENCE,
                "souk.db.port",
                NOWHERE,
                "souk.redis.url",
                "redis://localhost:" + NOWHERE,
                "kafka.bootstrap.servers",
                "localhost:" + NOWHERE);
    }

    /** After the build's servers, whose addresses it takes away. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestIssuer.class));
    }

    @Override
    public void stop() {
        if (issuer != null) {
            issuer.close();
        }
    }
}
