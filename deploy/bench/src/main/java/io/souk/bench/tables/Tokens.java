package io.souk.bench.tables;

import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose tokens they are. Each is verified once and then remembered, as the services do. */
final class Tokens {
    private static final String SCHEME = "Bearer ";
    private static final int MOST_REMEMBERED = 1_000;

    private final JwtConsumer verifier;
    private final Map<String, String> tenants = new ConcurrentHashMap<>();

    /** @param keys the public ones of the issuer, as JSON */
    Tokens(String keys, String issuer, String audience) throws JoseException {
        verifier = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                .build();
    }

    /** Of what stands in the header Authorization; throws when that is no good token. */
    String tenant(String authorization) {
        var known = tenants.get(authorization);
        if (known != null) {
            return known;
        }
        if (!authorization.startsWith(SCHEME)) {
            throw new IllegalArgumentException("there is no token");
        }
        try {
            var claims = verifier.processToClaims(authorization.substring(SCHEME.length()));
            var tenant = claims.getStringClaimValue("tenant");
            if (tenants.size() < MOST_REMEMBERED) {
                tenants.put(authorization, tenant);
            }
            return tenant;
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw new IllegalArgumentException("the token is not valid", e);
        }
    }
}
