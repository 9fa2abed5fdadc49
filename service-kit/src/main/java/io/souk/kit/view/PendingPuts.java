package io.souk.kit.view;

import io.vertx.core.Future;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The keys whose put this replica has sent and Redis has not yet answered. A read may travel on another connection than
 * the put and overtake it, so what Redis holds of such a key may be older than what its writer was just told.
 *
 * <p>Bounded by the commands that may be unanswered on all connections; a put that finds no room there, or gets no answer in
 * time, has ended too. Safe from any thread.
 */
final class PendingPuts {
    private final ConcurrentHashMap<ViewKey, Integer> pending = new ConcurrentHashMap<>();

    /** Sends; the key is pending from before it is sent until its outcome, whatever that is. */
    Future<Boolean> during(ViewKey key, Supplier<Future<Boolean>> put) {
        pending.merge(key, 1, Integer::sum);
        Future<Boolean> sent;
        try {
            sent = put.get();
        } catch (RuntimeException failure) {
            sent = Future.failedFuture(failure);
        }
        return sent.onComplete(_ -> pending.computeIfPresent(key, (_, puts) -> puts == 1 ? null : puts - 1));
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    boolean contains(ViewKey key) {
        return pending.containsKey(key);
    }
}
