package io.souk.kit.token;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problems;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The issuer's public keys, fetched when first needed and again for an unknown key id or when they have grown old: one
 * fetch at a time, on a worker thread, and never more often than {@link TokenConfig#jwksRetryAfter}. Old keys serve on
 * while the issuer is away; without any, callers get 503.
 */
@ApplicationScoped
class IssuerKeys {
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

    /** After a failure callers wait for keys, so the next try comes sooner. */
    private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final TokenConfig config;
    private final KeySetSource source;
    private final AtomicReference<@Nullable Uni<State>> fetching = new AtomicReference<>();
    private volatile State state = new State(null, 0, false);

    /**
     * What is known of the keys.
     *
     * @param byId null until they were had once
     * @param triedAt when they were last asked for, whatever came of it; {@link System#nanoTime}
     */
    private record State(@Nullable Map<String, PublicKey> byId, long triedAt, boolean failed) {
        /** A token without a key id is taken when there is no choice. */
        @Nullable
        PublicKey find(@Nullable String id) {
            if (byId == null) {
                return null;
            }
            return id == null && byId.size() == 1 ? byId.values().iterator().next() : byId.get(String.valueOf(id));
        }

        boolean isOlderThan(Duration age) {
            return triedAt == 0 || System.nanoTime() - triedAt > age.toNanos();
        }
    }

    IssuerKeys(Vertx vertx, TokenConfig config, KeySetSource source) {
        this.vertx = vertx;
        this.config = config;
        this.source = source;
    }

    /**
     * The key of this id; null when the issuer has none. Fails with 503 when the issuer's keys cannot be had. The answer
     * may come on the context of another request that asked for the same fetch.
     */
    Uni<@Nullable PublicKey> find(@Nullable String id) {
        var seen = state;
        @Nullable PublicKey known = seen.find(id);
        if (known != null) {
            if (seen.isOlderThan(config.jwksRefreshAfter())) {
                fetch().subscribe().with(done -> {}, failure -> LOG.debug("the old keys serve on", failure));
            }
            return Uni.createFrom().item(known);
        }
        @Nullable Uni<State> running = fetching.get();
        var mayFetch = seen.isOlderThan(seen.failed() ? RETRY_AFTER_FAILURE : config.jwksRetryAfter());
        if (running == null && !mayFetch) {
            return answer(seen, id);
        }
        return (running == null ? fetch() : running).chain(fetched -> answer(fetched, id));
    }

    private static Uni<@Nullable PublicKey> answer(State state, @Nullable String id) {
        @Nullable PublicKey key = state.find(id);
        if (key == null && (state.byId() == null || state.failed())) {
            return Uni.createFrom().failure(Problems.unavailable("The token issuer's keys cannot be had at present"));
        }
        return Uni.createFrom().item(key);
    }

    /** Joins the fetch under way, if there is one. Never fails: the state says how it went. */
    private Uni<State> fetch() {
        var mine = vertx.executeBlocking(this::load, false)
                .onTermination()
                .invoke(() -> fetching.set(null))
                .memoize()
                .indefinitely();
        @Nullable Uni<State> other = fetching.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }

    private State load() {
        var before = state;
        State after;
        try {
            after = new State(source.fetch(), System.nanoTime(), false);
        } catch (Exception failure) {
            LOG.warnf("The token issuer's keys cannot be fetched from %s: %s", config.jwksUrl(), failure);
            after = new State(before.byId(), System.nanoTime(), true);
        }
        state = after;
        return after;
    }
}
