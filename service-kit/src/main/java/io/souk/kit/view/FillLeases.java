package io.souk.kit.view;

import io.souk.kit.view.ViewMetrics.Lease;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The right to read a missing key from the database and to fill it, which one reader of all replicas has at a time (the
 * protocol, sections 4 and 6). Whatever is stored from elsewhere ends it; so does its time, when its holder is gone.
 *
 * <p>Safe from any thread.
 */
@Singleton
final class FillLeases {
    private final ViewKinds kinds;
    private final ViewEntries entries;
    private final long patienceNanos;

    FillLeases(ViewKinds kinds, ViewEntries entries, ViewConfig config) {
        this.kinds = kinds;
        this.entries = entries;
        this.patienceNanos = config.leaseWait().toNanos();
    }

    /**
     * For one read of the tables.
     *
     * @param fill the keys that are to be filled
     * @param over whether the leases are taken from whoever has them: nothing that is read by then will do
     */
    Claims claims(Set<ViewKey> fill, boolean over) {
        return new Claims(fill, over);
    }

    /** The leases of one read. */
    final class Claims {
        private final Set<ViewKey> fill;
        private final boolean over;
        private final long begun = System.nanoTime();
        private final String token =
                Long.toHexString(ThreadLocalRandom.current().nextLong());
        private final Set<ViewKey> mine = ConcurrentHashMap.newKeySet();

        private Claims(Set<ViewKey> fill, boolean over) {
            this.fill = fill;
            this.over = over;
        }

        /**
         * Takes the leases that are free. What is neither found nor held may be read now; it is filled if its lease was taken,
         * and not if Redis did not answer or there is no time left to wait.
         */
        Future<SharedLoads.Claimed<ViewKey, View>> claim(Set<ViewKey> keys) {
            var wanted = new HashSet<>(keys);
            wanted.retainAll(fill);
            if (wanted.isEmpty() || System.nanoTime() - begun > patienceNanos) {
                return Future.succeededFuture(new SharedLoads.Claimed<>(Map.of(), Set.of()));
            }
            Set<ViewKey> held = ConcurrentHashMap.newKeySet();
            var answers = new ArrayList<Future<?>>();
            for (var key : wanted) {
                answers.add(entries.takeLease(key, token, over).onSuccess(taken -> (taken ? mine : held).add(key)));
            }
            var found = look(wanted);
            answers.add(found);
            return Future.join(answers).transform(_ -> {
                wanted.forEach(key -> count(key, found.result().containsKey(key), held.contains(key)));
                found.result().keySet().forEach(this::giveBack);
                return Future.succeededFuture(new SharedLoads.Claimed<>(found.result(), held));
            });
        }

        private void count(ViewKey key, boolean filled, boolean held) {
            var metrics = kinds.named(key.kind()).metrics();
            if (filled) {
                metrics.lease(Lease.FILLED);
            } else if (held) {
                metrics.lease(Lease.HELD);
            } else if (mine.contains(key)) {
                metrics.lease(Lease.TAKEN);
            }
        }

        /** After the leases: what was filled since the reader looked is there now. */
        private Future<Map<ViewKey, View>> look(Set<ViewKey> keys) {
            if (over) {
                return Future.succeededFuture(Map.of());
            }
            var there = new HashSet<>(keys);
            there.removeIf(entries.pendingPuts()::contains); // what Redis has of them may be older than what was told
            return entries.look(there);
        }

        /** With which the key may be filled; null when it may not. */
        @Nullable
        String token(ViewKey key) {
            return mine.contains(key) ? token : null;
        }

        /** The key is not filled after all. */
        void giveBack(ViewKey key) {
            if (mine.remove(key)) {
                entries.giveLeaseBack(kinds.named(key.kind()), key.tenant(), key.id(), token);
            }
        }
    }
}
