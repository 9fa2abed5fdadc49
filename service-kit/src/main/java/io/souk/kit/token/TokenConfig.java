package io.souk.kit.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;
import java.util.Set;

/** Which tokens are trusted, and for how long one check of a token holds. */
@ConfigMapping(prefix = "souk.token")
public interface TokenConfig {
    /** The one issuer: the claim {@code iss}, to the letter. */
    @NotBlank
    String issuer();

    /** What the claim {@code aud} must name. */
    @NotBlank
    String audience();

    /** Where the issuer publishes its public keys: an http, https or file address of a JWK set. */
    @NotBlank
    String jwksUrl();

    /**
     * The signatures that are trusted: those of {@code RS256}, {@code PS256} and {@code ES256} that the issuer uses. All by
     * default, since the key comes from the issuer and a key fits one kind of signature; {@code none} and HMACs are refused
     * at the start.
     */
    @WithDefault("RS256,PS256,ES256")
    Set<TokenAlgorithm> algorithms();

    /** Where the tenant stands. */
    @WithDefault("tenant")
    ClaimPath tenantClaim();

    /** Where the roles stand, as a list or as one text with blanks between them; Keycloak: {@code realm_access/roles}. */
    @WithDefault("groups")
    ClaimPath rolesClaim();

    /** Where the vendor stands for whom a merchant acts. */
    @WithDefault("vendor")
    ClaimPath vendorClaim();

    /**
     * How long a verified token is trusted without another check, 60 s; never past its expiry. Longer would keep a
     * rotated key alive, shorter checks the signature (47 µs) more often.
     */
    @WithDefault("60s")
    @DurationMin(millis = 0)
    @DurationMax(seconds = 60)
    Duration rememberFor();

    /** How many characters of verified tokens are remembered, some 10,000 tokens of usual size: bounds the memory. */
    @WithDefault("8000000")
    @Min(0)
    @Max(1_000_000_000)
    long rememberedCharacters();

    /** A token longer than this is refused unread; the longest an issuer has sent us is a quarter of it. */
    @WithDefault("8192")
    @Min(256)
    @Max(65_536)
    int maxCharacters();

    /** How far the issuer's clock and ours may disagree about expiry, 2 s: both are kept by NTP. */
    @WithDefault("2s")
    @DurationMin(millis = 0)
    @DurationMax(minutes = 1)
    Duration clockSkew();

    /** How long fetching the keys may take, 2 s, to connect and to read each; past it, requests are answered 503. */
    @WithDefault("2s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration jwksTimeout();

    /** Keys older than this are fetched anew beside the requests, 5 min: how long a withdrawn key lives on. */
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration jwksRefreshAfter();

    /**
     * The least time between two fetches, 5 s: tokens with made-up key ids must not become a flood at the issuer. A key
     * that is new is thus known at most so much later.
     */
    @WithDefault("5s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration jwksRetryAfter();
}
