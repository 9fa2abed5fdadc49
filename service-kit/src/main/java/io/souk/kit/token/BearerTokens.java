package io.souk.kit.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.souk.kit.context.OwnContext;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Set;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/**
 * Turns {@code Authorization: Bearer} into the caller. A token seen before is a cache look-up; a new one is verified on a
 * worker thread, so that a flood of tokens cannot hold an event loop.
 */
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";
    private static final String ADMIN_PATH = "/v1/admin";

    private final Vertx vertx;
    private final IssuerKeys keys;
    private final TokenVerifier verifier;
    private final Set<TokenAlgorithm> algorithms;
    private final int maxCharacters;
    private final Cache<String, Known> known;

    private record Known(SecurityIdentity identity, Caller caller, Instant expiresAt) {}

    BearerTokens(Vertx vertx, IssuerKeys keys, TokenConfig config) {
        this.vertx = vertx;
        this.keys = keys;
        this.verifier = new TokenVerifier(config);
        this.algorithms = config.algorithms();
        this.maxCharacters = config.maxCharacters();
        this.known = Caffeine.newBuilder()
                .maximumWeight(config.rememberedCharacters())
                .weigher((String token, Known value) -> token.length())
                .expireAfter(Expiry.creating((String token, Known value) ->
                        TokenVerifier.rememberFor(value.expiresAt(), Instant.now(), config.rememberFor())))
                .build();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext route, IdentityProviderManager providers) {
        @Nullable String header = route.request().headers().get(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        var token = header.substring(SCHEME.length()).strip();
        @Nullable Known remembered = known.getIfPresent(token);
        if (remembered != null) {
            return admit(remembered, route, io.vertx.core.Vertx.currentContext());
        }
        if (token.length() > maxCharacters) {
            return Uni.createFrom().failure(new AuthenticationFailedException("The token is too long"));
        }
        return verified(token, route);
    }

    /** Comes back to the request's own context: the key may have been fetched by another request. */
    private Uni<SecurityIdentity> verified(String token, RoutingContext route) {
        @Nullable Context context = io.vertx.core.Vertx.currentContext();
        return Uni.createFrom()
                .item(() -> TokenHeader.keyId(token, algorithms))
                .chain(keys::find)
                .chain(key -> vertx.executeBlocking(() -> remember(token, key), false))
                .emitOn(OwnContext.executor())
                .chain(fresh -> admit(fresh, route, context));
    }

    private Known remember(String token, @Nullable PublicKey key) {
        if (key == null) {
            throw new AuthenticationFailedException("The token is signed with a key that the issuer does not publish");
        }
        var verified = verifier.verify(token, key);
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(verified.caller())
                .addRoles(verified.caller().roles())
                .build();
        var fresh = new Known(identity, verified.caller(), verified.expiresAt());
        known.put(token, fresh);
        return fresh;
    }

    /** Only an operator may come without a tenant, and then to the administration alone. */
    private static Uni<SecurityIdentity> admit(Known known, RoutingContext route, @Nullable Context context) {
        var caller = known.caller();
        if (caller.tenantOrNull() == null && !(caller.has(Roles.OPERATOR) && isAdministration(route))) {
            return Uni.createFrom().failure(FORBIDDEN.because("The token names no tenant"));
        }
        CurrentCaller.set(context, caller);
        return Uni.createFrom().item(known.identity());
    }

    private static boolean isAdministration(RoutingContext route) {
        @Nullable String path = route.normalizedPath();
        return path != null && (path.equals(ADMIN_PATH) || path.startsWith(ADMIN_PATH + "/"));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext route) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"souk\""));
    }

    /** None: the mechanism verifies by itself and asks no identity provider. */
    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext route) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }
}
