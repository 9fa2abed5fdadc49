package io.souk.kit.token;

import io.quarkus.security.AuthenticationFailedException;
import io.souk.kit.convention.TestIssuer;
import io.souk.kit.tenant.TenantId;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.security.PublicKey;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenVerifierTest {
    private static final PublicJsonWebKey RSA = TestIssuer.key("rsa");
    private static final PublicJsonWebKey P256 = curve("p256", EllipticCurves.P256);
    private static final PublicJsonWebKey P384 = curve("p384", EllipticCurves.P384);

    @ParameterizedTest
    @EnumSource
    void givenAnAlgorithmThatIsTrusted_thenItsTokenIsTaken(TokenAlgorithm algorithm) {
        var token = sign(TestIssuer.claims("market", "admin"), algorithm.name());

        assertThat(verify(token, Map.of("souk.token.algorithms", algorithm.name())))
                .isEqualTo(verify(token, Map.of()))
                .isEqualTo(new Caller(new TenantId("market"), "someone", Set.of("admin"), null));
    }

    @ParameterizedTest
    @EnumSource
    void givenAnAlgorithmThatIsNotTrusted_thenItsTokenIsRefused(TokenAlgorithm algorithm) {
        var others = Arrays.stream(TokenAlgorithm.values())
                .filter(other -> other != algorithm)
                .map(Enum::name)
                .collect(Collectors.joining(","));
        var token = sign(TestIssuer.claims("market", "admin"), algorithm.name());
        var config = TokenSettings.of(Map.of("souk.token.algorithms", others));

        assertThatThrownBy(() -> TokenHeader.keyId(token, config.algorithms()))
                .isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> new TokenVerifier(config).verify(token, key(keyOf(algorithm.name()))))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    /** Every way to be verified by what is public. */
    @Test
    void givenNoneOrAnHmac_thenItIsRefusedByHeaderAndByVerifier() {
        var secret = new HmacKey(RSA.getPublicKey().getEncoded());
        var claims = TestIssuer.claims("market", "admin");
        var config = TokenSettings.of(Map.of());

        for (var token : List.of(TestIssuer.unsigned(claims), TestIssuer.sign(claims, "HS256", "rsa", secret))) {
            assertThatThrownBy(() -> TokenHeader.keyId(token, config.algorithms()))
                    .isInstanceOf(AuthenticationFailedException.class);
            assertThatThrownBy(() -> new TokenVerifier(config).verify(token, key(RSA)))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void givenASignatureOfAnotherKindOfKey_thenItIsRefused() {
        var config = TokenSettings.of(Map.of());
        var curve = sign(TestIssuer.claims("market", "admin"), "ES256");
        var rsa = sign(TestIssuer.claims("market", "admin"), "RS256");

        assertThatThrownBy(() -> new TokenVerifier(config).verify(curve, key(RSA)))
                .isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> new TokenVerifier(config).verify(rsa, key(P256)))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void givenAKeySet_thenOnlyKeysOfTrustedKindsAreTaken() throws IOException {
        var keys = KeySetSource.parse(new JsonWebKeySet(RSA, P256, P384).toJson());

        assertThat(keys).containsOnlyKeys("rsa", "p256");
        assertThatThrownBy(() -> KeySetSource.parse(new JsonWebKeySet(P384).toJson()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void givenClaimsElsewhere_thenTheyAreReadWhereTheConfigurationSays() {
        var claims = TestIssuer.claims(null);
        claims.setClaim("organization", Map.of("shop", Map.of("id", "market")));
        claims.setClaim("realm_access", Map.of("roles", List.of("merchant", "offline_access", 17)));
        claims.setClaim("https://souk.example/vendor", "acme");

        assertThat(verify(
                        sign(claims, "RS256"),
                        Map.of(
                                "souk.token.tenant-claim", "organization/shop/id",
                                "souk.token.roles-claim", "realm_access/roles",
                                "souk.token.vendor-claim", "\"https://souk.example/vendor\"")))
                .isEqualTo(new Caller(new TenantId("market"), "someone", Set.of("merchant"), "acme"));
    }

    @Test
    void givenRolesInOneText_thenTheyArePartedByBlanks() {
        var claims = TestIssuer.claims("market");
        claims.setClaim("scope", "openid customer readonly");

        assertThat(verify(sign(claims, "RS256"), Map.of("souk.token.roles-claim", "scope"))
                        .roles())
                .containsExactlyInAnyOrder("customer", "readonly");
    }

    @ParameterizedTest
    @CsvSource({"nothing/here", "realm_access/none", "tenant/below", "realm_access"})
    void givenNoRolesWhereTheyShouldStand_thenThereAreNone(String path) {
        var claims = TestIssuer.claims("market", "admin");
        claims.setClaim("realm_access", Map.of("roles", List.of("admin")));

        assertThat(verify(sign(claims, "RS256"), Map.of("souk.token.roles-claim", path))
                        .roles())
                .isEmpty();
    }

    @Test
    void givenATenantThatIsNoText_thenTheTokenIsRefused() {
        var claims = TestIssuer.claims(null, "admin");
        claims.setClaim("organization", Map.of("id", 17));

        assertThatThrownBy(() -> verify(sign(claims, "RS256"), Map.of("souk.token.tenant-claim", "organization/id")))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessageContaining("organization/id");
    }

    private static Caller verify(String token, Map<String, String> settings) {
        var config = TokenSettings.of(settings);
        var id = Objects.requireNonNull(TokenHeader.keyId(token, config.algorithms()));
        return new TokenVerifier(config)
                .verify(token, key(id.equals("rsa") ? RSA : P256))
                .caller();
    }

    private static String sign(JwtClaims claims, String algorithm) {
        var key = keyOf(algorithm);
        return TestIssuer.sign(claims, algorithm, key.getKeyId(), key.getPrivateKey());
    }

    private static PublicJsonWebKey keyOf(String algorithm) {
        return algorithm.startsWith("ES") ? P256 : RSA;
    }

    private static PublicKey key(PublicJsonWebKey pair) {
        return pair.getPublicKey();
    }

    private static PublicJsonWebKey curve(String id, ECParameterSpec curve) {
        try {
            var key = EcJwkGenerator.generateJwk(curve);
            key.setKeyId(id);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
