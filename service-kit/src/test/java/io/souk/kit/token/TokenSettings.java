package io.souk.kit.token;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.souk.kit.convention.TestIssuer;

import java.util.Map;

/** The defaults, the issuer of the tests, and what a test says. */
final class TokenSettings {
    private TokenSettings() {}

    static TokenConfig of(Map<String, String> values) {
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TokenConfig.class)
                .withDefaultValue("souk.token.issuer", TestIssuer.NAME)
                .withDefaultValue("souk.token.audience", TestIssuer.AUDIENCE)
                .withDefaultValue("souk.token.jwks-url", "http://localhost:1/");
        values.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(TokenConfig.class);
    }
}
