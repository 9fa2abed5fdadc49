package io.souk.kit.token;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;

/**
 * The signatures that may be trusted: those with a private and a public key that OIDC issuers use. {@code none} and the
 * HMACs, whose secret would be what everybody knows, cannot even be configured.
 */
public enum TokenAlgorithm {
    /** RSA, PKCS #1; a check takes some 50 µs. */
    RS256,
    /** RSA, PSS. */
    PS256,
    /** Elliptic curve P-256; a check takes some 400 µs. */
    ES256;

    SignatureAlgorithm signature() {
        return SignatureAlgorithm.valueOf(name());
    }
}
