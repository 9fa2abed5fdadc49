package io.souk.kit.token;

import io.souk.kit.convention.TestIssuer;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;
import io.vertx.mutiny.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IssuerKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final TestIssuer issuer = new TestIssuer();

    @AfterEach
    void close() {
        issuer.close();
        vertx.closeAndAwait();
    }

    @Test
    void givenManyAtOnce_thenTheKeysAreFetchedOnce() {
        var keys = keys(Duration.ofHours(1), Duration.ofHours(1));

        var all = java.util.stream.IntStream.range(0, 50)
                .mapToObj(_ -> keys.find("first").subscribeAsCompletionStage())
                .toList();

        assertThat(all)
                .allSatisfy(
                        found -> assertThat(found.join()).isEqualTo(issuer.key().getPublicKey()));
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void givenMadeUpKeyIds_thenTheIssuerIsNotFlooded() {
        var keys = keys(Duration.ofHours(1), Duration.ofHours(1));

        for (int i = 0; i < 100; i++) {
            assertThat(find(keys, "made-up-" + i)).isFalse();
        }

        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void givenANewKey_thenItIsFetchedOnFirstSight() {
        var keys = keys(Duration.ofHours(1), Duration.ofMillis(1));
        assertThat(find(keys, "first")).isTrue();

        issuer.rotate("second");

        eventually(() -> assertThat(find(keys, "second")).isTrue());
        assertThat(find(keys, "first")).isTrue();
    }

    @Test
    void givenTheIssuerIsAwayAtFirst_thenUnavailableAndWellOnceItIsBack() {
        issuer.goAway();
        var keys = keys(Duration.ofHours(1), Duration.ofHours(1));
        assertUnavailable(keys);

        issuer.comeBack();

        eventually(() -> assertThat(find(keys, "first")).isTrue());
    }

    @Test
    void givenNobodyListens_thenUnavailable() {
        issuer.close();

        assertUnavailable(keys(Duration.ofHours(1), Duration.ofHours(1)));
    }

    @Test
    void givenTheIssuerGoesAway_thenOldKeysServeOn() {
        var keys = keys(Duration.ofMillis(1), Duration.ofMillis(1));
        assertThat(find(keys, "first")).isTrue();

        issuer.goAway();
        var before = issuer.fetches();

        eventually(() -> {
            assertThat(find(keys, "first")).isTrue();
            assertThat(issuer.fetches()).isGreaterThan(before);
        });
        assertThat(find(keys, "first")).isTrue();
    }

    @Test
    void givenAWithdrawnKey_thenItIsForgottenWithTheNextFetch() {
        var keys = keys(Duration.ofMillis(1), Duration.ofMillis(1));
        assertThat(find(keys, "first")).isTrue();

        issuer.withdrawAllBut("second");

        eventually(() -> assertThat(find(keys, "first")).isFalse());
    }

    private void assertUnavailable(IssuerKeys keys) {
        assertThatThrownBy(() -> find(keys, "first")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(KitProblem.UNAVAILABLE);
            assertThat(problem.retryAfter()).isNotNull();
        });
    }

    private IssuerKeys keys(Duration refreshAfter, Duration retryAfter) {
        var config = TokenSettings.of(Map.of(
                "souk.token.jwks-url", issuer.url(),
                "souk.token.jwks-refresh-after", refreshAfter.toString(),
                "souk.token.jwks-retry-after", retryAfter.toString()));
        return new IssuerKeys(vertx, config, new KeySetSource(config));
    }

    private static boolean find(IssuerKeys keys, @Nullable String id) {
        return keys.find(id).await().atMost(PATIENCE) != null;
    }
}
