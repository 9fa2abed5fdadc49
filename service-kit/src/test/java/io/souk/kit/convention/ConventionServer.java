package io.souk.kit.convention;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The issuer for the tests of this package; no database, Redis or Kafka is there, and none is needed. */
public final class ConventionServer implements QuarkusTestResourceLifecycleManager {
    private @Nullable TestIssuer issuer;

    @Override
    public Map<String, String> start() {
        issuer = new TestIssuer();
        return Map.of(
                "souk.token.jwks-url", issuer.url(),
                "souk.token.issuer", TestIssuer.NAME,
                "souk.token.audience", TestIssuer.AUDIENCE);
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
