package io.souk.kit.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Which tokens are trusted, and for how long one check of a token holds. */
@ConfigMapping(prefix = "souk.token")
public interface TokenConfig {
    /** The one issuer: the claim {@code iss}, to the letter. */
    String issuer();

    /** What the claim {@code aud} must name. */
    String audience();

    /** Where the issuer publishes its public keys: an http, https or file address of a JWK set. */
    String jwksUrl();

    /**
     * How long a verified token is trusted without another check, 60 s; never past its expiry. Longer would keep a
     * rotated key alive, shorter checks the signature (47 µs) more often. At most 60 s are taken.
     */
    @WithDefault("PT60S")
    Duration rememberFor();

    /** How many characters of verified tokens are remembered, some 10,000 tokens of usual size: bounds the memory. */
    @WithDefault("8000000")
    long rememberedCharacters();

    /** A token longer than this is refused unread; the longest an issuer has sent us is a quarter of it. */
    @WithDefault("8192")
    int maxCharacters();

    /** How far the issuer's clock and ours may disagree about expiry, 2 s: both are kept by NTP. */
    @WithDefault("PT2S")
    Duration clockSkew();

    /** How long fetching the keys may take, 2 s, to connect and to read each; past it, requests are answered 503. */
    @WithDefault("PT2S")
    Duration jwksTimeout();

    /** Keys older than this are fetched anew beside the requests, 5 min: how long a withdrawn key lives on. */
    @WithDefault("PT5M")
    Duration jwksRefreshAfter();

    /**
     * The least time between two fetches, 5 s: tokens with made-up key ids must not become a flood at the issuer. A key
     * that is new is thus known at most so much later.
     */
    @WithDefault("PT5S")
    Duration jwksRetryAfter();
}
