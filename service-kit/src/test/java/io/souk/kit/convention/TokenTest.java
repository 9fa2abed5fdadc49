package io.souk.kit.convention;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(WithoutServers.class)
@WithTestResource(ConventionServer.class)
@NullUnmarked // the issuer is injected
class TokenTest {
    private static final String WHO = "/v1/things/who";

    private final Http http = new Http();
    TestIssuer issuer;

    @Test
    void givenAGoodToken_thenTheCallerIsKnown() {
        var answer = http.get(WHO, issuer.token("market", "admin", "emperor"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("subject").asText()).isEqualTo("someone");
        assertThat(answer.body().path("roles")).as("unknown roles are ignored").hasSize(1);
    }

    @Test
    void givenNoToken_then401AndAChallenge() {
        var answer = http.get(WHO, null);

        assertRefused(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"souk\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "a.b.c", "..", "e30.e30.", "eyJhbGciOiJSUzI1NiJ9.e30.", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"})
    void givenWhatIsNoToken_then401(String token) {
        var answer = http.get(WHO, token);

        assertRefused(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void givenAnotherScheme_then401() {
        var answer = http.send(
                Http.to(WHO, null).header("Authorization", "Basic YTpi").GET());

        assertRefused(answer, 401);
    }

    @Test
    void givenTheUnsignedOne_then401() {
        assertRefused(http.get(WHO, TestIssuer.unsigned(TestIssuer.claims("market", "admin"))), 401);
    }

    @Test
    void givenPssSignaturesOfTheSameKey_thenTheCallerIsKnown() {
        var token = TestIssuer.sign(
                TestIssuer.claims("market", "admin"),
                "PS256",
                issuer.key().getKeyId(),
                issuer.key().getPrivateKey());

        assertThat(http.get(WHO, token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS384", "PS512"})
    void givenAnotherAlgorithmOfTheSameKey_then401(String algorithm) {
        var token = TestIssuer.sign(
                TestIssuer.claims("market", "admin"),
                algorithm,
                issuer.key().getKeyId(),
                issuer.key().getPrivateKey());

        assertRefused(http.get(WHO, token), 401);
    }

    /** The classic confusion: the public key, which everybody has, as the secret of an HMAC. */
    @Test
    void givenAnHmacMadeWithThePublicKey_then401() {
        var secret = new HmacKey(issuer.key().getPublicKey().getEncoded());

        assertRefused(
                http.get(WHO, TestIssuer.sign(TestIssuer.claims("market", "admin"), "HS256", "first", secret)), 401);
    }

    @Test
    void givenAKeyOfAStrangerUnderAKnownId_then401() {
        var stranger = TestIssuer.key("first");

        assertRefused(
                http.get(
                        WHO,
                        TestIssuer.sign(
                                TestIssuer.claims("market", "admin"), "RS256", "first", stranger.getPrivateKey())),
                401);
    }

    @Test
    void givenAChangedPayload_then401() {
        var parts = issuer.token("market", "admin").split("\\.", -1);
        var other = TestIssuer.claims("other-market", "admin").toJson();
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(StandardCharsets.UTF_8));

        assertRefused(http.get(WHO, parts[0] + "." + forged + "." + parts[2]), 401);
    }

    @Test
    void givenAnExpiredToken_then401() {
        var claims = TestIssuer.claims("market", "admin");
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 10));

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @Test
    void givenNoExpiry_then401() {
        var claims = TestIssuer.claims("market", "admin");
        claims.unsetClaim("exp");

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @Test
    void givenATokenForLater_then401() {
        var claims = TestIssuer.claims("market", "admin");
        claims.setNotBefore(NumericDate.fromSeconds(NumericDate.now().getValue() + 60));

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @ParameterizedTest
    @CsvSource({"iss, https://else.where", "aud, other", "sub, ''", "tenant, Not A Tenant", "tenant, ''", "tenant, -a"})
    void givenABadClaim_then401(String claim, String value) {
        var claims = TestIssuer.claims("market", "admin");
        claims.setClaim(claim, value);

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "sub"})
    void givenAMissingClaim_then401(String claim) {
        var claims = TestIssuer.claims("market", "admin");
        claims.unsetClaim(claim);

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "vendor"})
    void givenAClaimOfAnotherType_then401(String claim) {
        var claims = TestIssuer.claims("market", "admin");
        claims.setClaim(claim, List.of(List.of(17)));

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @Test
    void givenNoTenant_then403() {
        assertRefused(http.get(WHO, issuer.token(null, "admin")), 403);
    }

    @Test
    void givenRolesThatCannotBeRead_then403() {
        var claims = TestIssuer.claims("market");
        claims.setClaim("groups", List.of(List.of(17)));

        assertRefused(http.get(WHO, issuer.token(claims)), 403);
    }

    @Test
    void givenAnotherRole_then403() {
        assertRefused(http.get(WHO, issuer.token("market", "customer")), 403);
        assertRefused(http.get(WHO, issuer.token("market")), 403);
        assertRefused(http.get(WHO, issuer.token("market", "Admin")), 403);
    }

    @Test
    void givenAnOperatorWithoutATenant_thenOnlyTheAdministrationIsOpen() {
        var operator = issuer.token(null, "operator");

        assertThat(http.get("/v1/admin/state", operator).status()).isEqualTo(200);
        assertRefused(http.get("/v1/admin/state/tenant", operator), 403);
        assertRefused(http.get(WHO, issuer.token(null, "operator", "admin")), 403);
        assertRefused(http.get("/v1/admin/../things/who", issuer.token(null, "operator", "admin")), 403);
        assertRefused(http.get("/v1/admin/state", issuer.token(null, "admin")), 403);
    }

    @Test
    void givenAVeryLongToken_then401() {
        var claims = TestIssuer.claims("market", "admin");
        claims.setClaim("padding", "x".repeat(8_000));

        assertRefused(http.get(WHO, issuer.token(claims)), 401);
    }

    @Test
    void givenManyCallersAtOnce_thenNobodyIsTakenForAnother() throws Exception {
        var calls = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 200; i++) {
            var subject = "caller-" + i % 40;
            calls.add(() -> {
                assertThat(who(subject)).isEqualTo(subject);
                return null;
            });
        }

        try (var pool = Executors.newFixedThreadPool(16)) {
            for (var call : pool.invokeAll(calls)) {
                call.get();
            }
        }
    }

    private String who(String subject) {
        var claims = TestIssuer.claims("market", "admin");
        claims.setSubject(subject);
        return http.get(WHO, issuer.token(claims)).body().path("subject").asText();
    }

    private static void assertRefused(Http.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
}
