package io.souk.kit.token;

import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;

/** The issuer's published JWK set (RFC 7517), read from its http, https or file address. Blocks: for worker threads. */
@ApplicationScoped
class KeySetSource {
    /** Some 100 keys; a larger answer is not a key set. */
    private static final int MAX_BYTES = 256 * 1024;

    /** RFC 7518, 3.3: shorter keys must not be used. */
    private static final int MIN_KEY_BITS = 2_048;

    private final TokenConfig config;

    KeySetSource(TokenConfig config) {
        this.config = config;
    }

    /** The RSA and P-256 signature keys by their ids; keys of another kind and symmetric ones are passed over. */
    Map<String, PublicKey> fetch() throws IOException {
        var connection = URI.create(config.jwksUrl()).toURL().openConnection();
        connection.setConnectTimeout((int) config.jwksTimeout().toMillis());
        connection.setReadTimeout((int) config.jwksTimeout().toMillis());
        connection.setUseCaches(false);
        try (var body = connection.getInputStream()) {
            var bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("the key set is larger than " + MAX_BYTES + " bytes");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    static Map<String, PublicKey> parse(String json) throws IOException {
        try {
            var keys = new HashMap<String, PublicKey>();
            for (var key : new JsonWebKeySet(json).getJsonWebKeys()) {
                var forSignatures = key.getUse() == null || key.getUse().equals("sig");
                if (forSignatures && key instanceof PublicJsonWebKey pair && isStrong(pair)) {
                    keys.put(String.valueOf(key.getKeyId()), pair.getPublicKey());
                }
            }
            if (keys.isEmpty()) {
                throw new IOException("the key set holds no RSA or P-256 signature key");
            }
            return Map.copyOf(keys);
        } catch (JoseException unreadable) {
            throw new IOException("the key set cannot be read", unreadable);
        }
    }

    private static boolean isStrong(PublicJsonWebKey key) {
        return switch (key) {
            case RsaJsonWebKey rsa -> rsa.getRsaPublicKey().getModulus().bitLength() >= MIN_KEY_BITS;
            case EllipticCurveJsonWebKey curve -> EllipticCurves.P_256.equals(curve.getCurveName());
            default -> false;
        };
    }
}
