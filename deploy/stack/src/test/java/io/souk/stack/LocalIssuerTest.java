package io.souk.stack;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalIssuerTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    @Test
    void givenAToken_whenVerifiedWithThePublishedKeys_thenItSaysWhatWasAsked() throws Exception {
        var issuer = LocalIssuer.in(folder);

        var token = issuer.token(new TokenRequest("shop", Set.of("merchant", "admin"), "mia", "v-1", HOUR));

        var claims = verifier(issuer.jwks()).processToClaims(token);
        assertThat(claims.getIssuer()).isEqualTo("https://souk.local");
        assertThat(claims.getAudience()).containsExactly("souk");
        assertThat(claims.getSubject()).isEqualTo("mia");
        assertThat(claims.getStringClaimValue("tenant")).isEqualTo("shop");
        assertThat(claims.getStringClaimValue("vendor")).isEqualTo("v-1");
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("admin", "merchant");
    }

    @Test
    void givenATokenWithoutTenantAndVendor_whenVerified_thenItHasNeitherClaim() throws Exception {
        var issuer = LocalIssuer.in(folder);

        var token = issuer.token(new TokenRequest(null, Set.of("operator"), "op", null, HOUR));

        assertThat(verifier(issuer.jwks()).processToClaims(token).getClaimsMap())
                .doesNotContainKeys("tenant", "vendor");
    }

    @Test
    void givenATokenWhoseTimeIsOver_whenVerified_thenItIsRefused() {
        var issuer = LocalIssuer.in(folder);

        var token = issuer.token(new TokenRequest("shop", Set.of("admin"), "a", null, HOUR.negated()));

        assertThatThrownBy(() -> verifier(issuer.jwks()).process(token)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void givenAFolder_whenOpenedAgain_thenTheKeyIsTheSameAndPrivate() throws Exception {
        var first = LocalIssuer.in(folder);
        var second = LocalIssuer.in(folder);

        assertThat(second.jwks()).isEqualTo(first.jwks()).doesNotContain("\"d\":", "\"p\":");
        assertThat(Files.readString(LocalIssuer.jwksFile(folder))).isEqualTo(first.jwks());
        assertThat(Files.getPosixFilePermissions(folder.resolve("signing-key.jwk")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void givenALostPublicFile_whenOpenedAgain_thenItIsWrittenAgain() throws Exception {
        var jwks = LocalIssuer.in(folder).jwks();
        Files.delete(LocalIssuer.jwksFile(folder));

        LocalIssuer.in(folder);

        assertThat(Files.readString(LocalIssuer.jwksFile(folder))).isEqualTo(jwks);
    }

    @Test
    void givenAnEmptyFolder_whenSeveralOpenItAtOnce_thenAllHaveTheSameKey() throws Exception {
        Callable<String> open = () -> LocalIssuer.in(folder).jwks();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var keys = threads.invokeAll(Stream.generate(() -> open).limit(4).toList());

            assertThat(keys)
                    .extracting(key -> key.get())
                    .containsOnly(keys.getFirst().get());
        }
    }

    private static JwtConsumer verifier(String jwks) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(jwks).getJsonWebKeys()))
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256")
                .setExpectedAudience("souk")
                .setRequireExpirationTime()
                .build();
    }
}
