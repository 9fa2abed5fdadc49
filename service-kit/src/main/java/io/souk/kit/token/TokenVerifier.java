package io.souk.kit.token;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.souk.kit.tenant.TenantId;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks one token against one key: RS256 and nothing else, signature, issuer, audience, expiry; then reads who it is.
 * Which key must be used comes from the issuer's key set, never from the token. Takes some 50 µs; for worker threads.
 */
final class TokenVerifier {
    private static final int MAX_SUBJECT_CHARS = 255;

    private final TokenConfig config;

    TokenVerifier(TokenConfig config) {
        this.config = config;
    }

    /** Who the token speaks for, and until when. */
    record Verified(Caller caller, Instant expiresAt) {}

    Verified verify(String token, RSAPublicKey key) {
        JsonWebToken jwt;
        try {
            jwt = new DefaultJWTParser(expectations(key)).parse(token);
        } catch (ParseException | RuntimeException refused) {
            throw new AuthenticationFailedException("The token is not valid", refused);
        }
        var expiresAt = Instant.ofEpochSecond(jwt.getExpirationTime());
        return new Verified(caller(jwt), expiresAt);
    }

    private JWTAuthContextInfo expectations(RSAPublicKey key) {
        var expected = new JWTAuthContextInfo(key, config.issuer());
        expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
        expected.setExpectedAudience(Set.of(config.audience()));
        expected.setMaxTimeToLiveSecs(0L); // no bound of ours; unset would require the claim iat
        expected.setClockSkew((int) config.clockSkew().toSeconds());
        return expected;
    }

    private static Caller caller(JsonWebToken jwt) {
        @Nullable String subject = jwt.getSubject();
        if (subject == null
                || subject.isBlank()
                || subject.length() > MAX_SUBJECT_CHARS
                || subject.indexOf('\0') >= 0) {
            throw new AuthenticationFailedException("The token names no subject");
        }
        return new Caller(tenant(jwt), subject, roles(jwt), text(jwt, "vendor"));
    }

    private static Set<String> roles(JsonWebToken jwt) {
        var roles = new HashSet<>(jwt.getGroups());
        roles.retainAll(Roles.ALL);
        return roles;
    }

    private static @Nullable TenantId tenant(JsonWebToken jwt) {
        @Nullable String tenant = text(jwt, "tenant");
        if (tenant == null) {
            return null;
        }
        if (!TenantId.isValid(tenant)) {
            throw new AuthenticationFailedException("The token's tenant is not a tenant id");
        }
        return new TenantId(tenant);
    }

    private static @Nullable String text(JsonWebToken jwt, String claim) {
        @Nullable Object value = jwt.getClaim(claim);
        return switch (value) {
            case null -> null;
            case String text -> text;
            case jakarta.json.JsonString text -> text.getString();
            default -> throw new AuthenticationFailedException("The token's " + claim + " is not a text");
        };
    }

    /** How long a verified token may go unchecked: not past its expiry. */
    static Duration rememberFor(Instant expiresAt, Instant now, Duration atMost) {
        var left = Duration.between(now, expiresAt);
        return left.isNegative() ? Duration.ZERO : left.compareTo(atMost) < 0 ? left : atMost;
    }
}
