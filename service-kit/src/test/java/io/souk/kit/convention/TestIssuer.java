package io.souk.kit.convention;

import com.sun.net.httpserver.HttpServer;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer whose keys rotate and whose key set goes away when a test says so. */
public final class TestIssuer implements AutoCloseable {
    public static final String NAME = "https://issuer.test";
    public static final String AUDIENCE = "souk";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile boolean away;
    private volatile List<RsaJsonWebKey> published;
    private volatile RsaJsonWebKey current;

    public TestIssuer() {
        current = key("first");
        published = List.of(current);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.createContext("/jwks.json", exchange -> {
            fetches.incrementAndGet();
            var body = new JsonWebKeySet(published).toJson().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(away ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/jwks.json";
    }

    public int fetches() {
        return fetches.get();
    }

    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** From now on tokens are signed with a new key, published beside the old one. */
    public void rotate(String id) {
        current = key(id);
        var both = new java.util.ArrayList<>(published);
        both.add(current);
        published = List.copyOf(both);
    }

    /** From now on a new key is the only one. */
    public void withdrawAllBut(String id) {
        current = key(id);
        published = List.of(current);
    }

    public RsaJsonWebKey key() {
        return current;
    }

    public static RsaJsonWebKey key(String id) {
        var pair = pair();
        var key = new RsaJsonWebKey((RSAPublicKey) pair.getPublic());
        key.setPrivateKey(pair.getPrivate());
        key.setKeyId(id);
        key.setUse("sig");
        return key;
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Claims of a good token; a test spoils them. */
    public static JwtClaims claims(@Nullable String tenant, String... roles) {
        var claims = new JwtClaims();
        claims.setIssuer(NAME);
        claims.setAudience(AUDIENCE);
        claims.setSubject("someone");
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + 600));
        claims.setStringListClaim("groups", roles);
        if (tenant != null) {
            claims.setStringClaim("tenant", tenant);
        }
        return claims;
    }

    public String token(@Nullable String tenant, String... roles) {
        return token(claims(tenant, roles));
    }

    public String token(JwtClaims claims) {
        return sign(claims, "RS256", current.getKeyId(), current.getPrivateKey());
    }

    public static String sign(JwtClaims claims, String algorithm, @Nullable String keyId, java.security.Key key) {
        var jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setDoKeyValidation(false);
        if (keyId != null) {
            jws.setKeyIdHeaderValue(keyId);
        }
        jws.setKey(key);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The parts of a token by hand: {@code none} cannot be had from a library. */
    public static String unsigned(JwtClaims claims) {
        var encoder = java.util.Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + encoder.encodeToString(claims.toJson().getBytes(StandardCharsets.UTF_8))
                + ".";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
