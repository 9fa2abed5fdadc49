package io.souk.cli.token;

import io.souk.cli.Ran;
import io.souk.cli.local.DataFolder;
import io.souk.stack.LocalIssuer;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TokenTest {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void prepare() {
        folder = temporary.resolve("data");
        new DataFolder(folder).prepare();
    }

    @Test
    void givenATenantAndARole_thenTheTokenVerifiesAgainstTheServedKeys() throws Exception {
        var ran = Ran.souk("token", "--tenant", "card-shop", "--role", "admin", "--data", folder.toString());

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\R");
        var claims = verified(ran.out().strip());
        assertThat(claims.getClaimValueAsString("tenant")).isEqualTo("card-shop");
        assertThat(claims.getStringListClaimValue("groups")).isEqualTo(List.of("admin"));
        assertThat(claims.getSubject()).isEqualTo("local-admin");
        assertThat(claims.hasClaim("vendor")).isFalse();
    }

    @Test
    void givenAMerchant_thenVendorAndSubjectAreInIt() throws Exception {
        var ran = Ran.souk(
                "token",
                "--tenant",
                "a",
                "--role",
                "merchant",
                "--vendor",
                "acme",
                "--subject",
                "eva",
                "--ttl",
                "5m",
                "--data",
                folder.toString());

        var claims = verified(ran.out().strip());
        assertThat(claims.getClaimValueAsString("vendor")).isEqualTo("acme");
        assertThat(claims.getSubject()).isEqualTo("eva");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(300);
    }

    @Test
    void givenAnOperator_thenThereIsNoTenant() throws Exception {
        var ran = Ran.souk("token", "--role", "operator", "--data", folder.toString());

        assertThat(verified(ran.out().strip()).hasClaim("tenant")).isFalse();
    }

    private JwtClaims verified(String token) throws Exception {
        var jwks = Files.readString(LocalIssuer.jwksFile(folder.resolve("issuer")));
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(jwks).getJsonWebKeys()))
                .setExpectedIssuer("https://souk.local")
                .setExpectedAudience("souk")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }
}
