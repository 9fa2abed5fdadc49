package io.souk.stack;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/**
 * The local installation's token issuer: RS256, one 2048-bit key per folder. {@code signing-key.jwk} is private (0600),
 * {@code jwks.json} is what verifiers read. Production trusts an OIDC issuer instead.
 */
public final class LocalIssuer {
    private static final String ISSUER = "https://souk.local";
    private static final String AUDIENCE = "souk";
    private static final int KEY_BITS = 2048;

    private final RsaJsonWebKey key;

    private LocalIssuer(RsaJsonWebKey key) {
        this.key = key;
    }

    /** The issuer of this folder; makes its key where there is none. Of several that make one at once, one wins for all. */
    public static LocalIssuer in(Path folder) {
        var file = folder.resolve("signing-key.jwk");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                makeKey(file);
            }
            var issuer = new LocalIssuer((RsaJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)));
            issuer.publish(jwksFile(folder));
            return issuer;
        } catch (IOException | JoseException e) {
            throw new StackException("The signing key in %s cannot be used: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    /** Where the issuer of this folder publishes its public key. */
    public static Path jwksFile(Path folder) {
        return folder.resolve("jwks.json");
    }

    public String issuer() {
        return ISSUER;
    }

    public String audience() {
        return AUDIENCE;
    }

    /** The public key set, as JSON. */
    public String jwks() {
        return new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** A signed token, valid from now on. */
    public String token(TokenRequest request) {
        var now = NumericDate.now();
        var expiry = NumericDate.fromSeconds(now.getValue() + request.lifetime().toSeconds());
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(request.subject());
        claims.setIssuedAt(now);
        claims.setExpirationTime(expiry);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setStringListClaim("groups", request.roles().stream().sorted().toList());
        if (request.tenant() != null) {
            claims.setStringClaim("tenant", request.tenant());
        }
        if (request.vendor() != null) {
            claims.setStringClaim("vendor", request.vendor());
        }
        return sign(claims);
    }

    private String sign(JwtClaims claims) {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("signing with an RSA key", e);
        }
    }

    private void publish(Path jwks) throws IOException {
        if (Files.exists(jwks) && Files.readString(jwks).equals(jwks())) {
            return;
        }
        var partial = jwks.resolveSibling("jwks." + UUID.randomUUID());
        Files.writeString(partial, jwks());
        Files.move(partial, jwks, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void makeKey(Path file) throws IOException, JoseException {
        var key = RsaJwkGenerator.generateJwk(KEY_BITS);
        key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        key.setUse("sig");
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var partial = Files.createFile(file.resolveSibling("signing-key." + UUID.randomUUID()), ownerOnly);
        Files.writeString(partial, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        try {
            Files.createLink(file, partial); // unlike a move, fails when another was faster
        } catch (FileAlreadyExistsException _) {
            return;
        } finally {
            Files.delete(partial);
        }
    }
}
