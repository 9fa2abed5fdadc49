package io.souk.testing;

import io.souk.stack.LocalIssuer;
import io.souk.stack.TokenRequest;
import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** Tokens of the build's issuer, good ones and bad ones. */
public final class Tokens {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static volatile @Nullable LocalIssuer issuer;

    private Tokens() {}

    /** One that is good for an hour; {@code role} may be several, with blanks between them. */
    public static String of(String tenant, String role) {
        return of(tenant, role, null, null);
    }

    public static String of(String tenant, String role, @Nullable String subject, @Nullable String vendor) {
        return token(tenant, role, subject, vendor, LIFETIME);
    }

    /** What only an operator may have. */
    public static String withoutTenant(String role) {
        return token(null, role, null, null, LIFETIME);
    }

    /** Ended an hour ago. */
    public static String expired(String tenant, String role) {
        return token(tenant, role, null, null, LIFETIME.negated());
    }

    /** Says {@code "alg": "none"} and has no signature. */
    public static String unsigned(String tenant, String role) {
        return encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims(of(tenant, role)) + ".";
    }

    /** HS256 with the public key as the secret: passes where a verifier lets the token choose the algorithm. */
    public static String wrongAlgorithm(String tenant, String role) {
        var good = of(tenant, role);
        var signed = header(good).replace("RS256", "HS256");
        var input = encode(signed) + "." + claims(good);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(issuer().jwks().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256", e);
        }
    }

    /** Signed as it should be, and naming the issuer's key, but with another one. */
    public static String wrongKey(String tenant, String role) {
        var good = of(tenant, role);
        var input = good.substring(0, good.lastIndexOf('.'));
        try {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.generateKeyPair().getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA", e);
        }
    }

    /** The issuer's good signature under another tenant's claims. */
    public static String tampered(String tenant, String otherTenant, String role) {
        var good = of(tenant, role);
        var claims = decode(claims(good)).replace('"' + tenant + '"', '"' + otherTenant + '"');
        return encode(header(good)) + "." + encode(claims) + good.substring(good.lastIndexOf('.'));
    }

    static LocalIssuer issuer() {
        var known = issuer;
        if (known == null) {
            known = LocalIssuer.in(issuerFolder(Space.own().buildFolder()));
            issuer = known;
        }
        return known;
    }

    static Path issuerFolder(Path buildFolder) {
        return buildFolder.resolve("issuer");
    }

    private static String token(
            @Nullable String tenant,
            String role,
            @Nullable String subject,
            @Nullable String vendor,
            Duration lifetime) {
        var name = subject == null ? role + "@" + (tenant == null ? "souk" : tenant) : subject;
        return issuer().token(new TokenRequest(tenant, Set.of(role.split(" ", -1)), name, vendor, lifetime));
    }

    private static String header(String token) {
        return decode(token.substring(0, token.indexOf('.')));
    }

    private static String claims(String token) {
        return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
