package io.souk.kit.token;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.souk.kit.tenant.TenantId;
import jakarta.json.JsonString;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks one token against one key: a trusted algorithm that fits the key, signature, issuer, audience, expiry; then reads
 * who it is. Which key must be used comes from the issuer's key set, never from the token. Takes some 50 to 400 µs; for
 * worker threads.
 */
final class TokenVerifier {
    private static final int MAX_SUBJECT_CHARS = 255;

    private final TokenConfig config;

    TokenVerifier(TokenConfig config) {
        this.config = config;
    }

    /** Who the token speaks for, and until when. */
    record Verified(Caller caller, Instant expiresAt) {}

    Verified verify(String token, PublicKey key) {
        JsonWebToken jwt;
        try {
            jwt = new DefaultJWTParser(expectations(key)).parse(token);
        } catch (ParseException | RuntimeException refused) {
            throw new AuthenticationFailedException("The token is not valid", refused);
        }
        var expiresAt = Instant.ofEpochSecond(jwt.getExpirationTime());
        return new Verified(caller(jwt), expiresAt);
    }

    private JWTAuthContextInfo expectations(PublicKey key) {
        var expected = new JWTAuthContextInfo(key, config.issuer());
        expected.setSignatureAlgorithm(
                config.algorithms().stream().map(TokenAlgorithm::signature).collect(Collectors.toSet()));
        expected.setExpectedAudience(Set.of(config.audience()));
        expected.setMaxTimeToLiveSecs(0L); // no bound of ours; unset would require the claim iat
        expected.setClockSkew((int) config.clockSkew().toSeconds());
        return expected;
    }

    private Caller caller(JsonWebToken jwt) {
        @Nullable String subject = jwt.getSubject();
        if (subject == null
                || subject.isBlank()
                || subject.length() > MAX_SUBJECT_CHARS
                || subject.indexOf('\0') >= 0) {
            throw new AuthenticationFailedException("The token names no subject");
        }
        return new Caller(tenant(jwt), subject, roles(jwt), text(jwt, config.vendorClaim()));
    }

    /** A list of texts, or one text with blanks between the roles; what else there is names no role. */
    private Set<String> roles(JsonWebToken jwt) {
        var roles = new HashSet<String>();
        var named = config.rolesClaim().in(jwt);
        if (named instanceof Collection<?> list) {
            for (var one : list) {
                @Nullable String role = text(one);
                if (role != null) {
                    roles.add(role);
                }
            }
        } else {
            @Nullable String line = text(named);
            if (line != null) {
                Collections.addAll(roles, line.split(" ", -1));
            }
        }
        roles.retainAll(Roles.ALL);
        return roles;
    }

    private @Nullable TenantId tenant(JsonWebToken jwt) {
        @Nullable String tenant = text(jwt, config.tenantClaim());
        if (tenant == null) {
            return null;
        }
        if (!TenantId.isValid(tenant)) {
            throw new AuthenticationFailedException("The token's tenant is not a tenant id");
        }
        var named = new TenantId(tenant);
        if (named.equals(TenantId.INSTALLATION)) {
            throw new AuthenticationFailedException("The token's tenant is a reserved name");
        }
        return named;
    }

    private static @Nullable String text(JsonWebToken jwt, ClaimPath claim) {
        @Nullable Object value = claim.in(jwt);
        @Nullable String text = text(value);
        if (value != null && text == null) {
            throw new AuthenticationFailedException("The token's " + claim + " is not a text");
        }
        return text;
    }

    /** Null for what is none. */
    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case JsonString text -> text.getString();
            case null, default -> null;
        };
    }

    /** How long a verified token may go unchecked: not past its expiry. */
    static Duration rememberFor(Instant expiresAt, Instant now, Duration atMost) {
        var left = Duration.between(now, expiresAt);
        return left.isNegative() ? Duration.ZERO : left.compareTo(atMost) < 0 ? left : atMost;
    }
}
