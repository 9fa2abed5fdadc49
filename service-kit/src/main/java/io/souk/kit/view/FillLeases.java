package io.souk.kit.view;

import io.souk.kit.view.ViewMetrics.Lease;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
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
            var ahead = new HashSet<>(wanted);
            ahead.removeIf(key -> !entries.pendingPuts().contains(key));
            return entries.claim(wanted, token, over).map(leases -> {
                mine.addAll(leases.taken());
                count(leases.taken(), Lease.TAKEN);
                count(leases.held(), Lease.HELD);
                count(leases.found().keySet(), Lease.FILLED);
                var held = new HashSet<>(leases.held());
                var found = new HashMap<>(leases.found());
                for (var key : ahead) { // what Redis has of it may be older than what its writer was told
                    if (found.remove(key) != null) {
                        held.add(key);
                    }
                }
                return new SharedLoads.Claimed<>(found, held);
            });
        }

        private void count(Set<ViewKey> keys, Lease outcome) {
            keys.forEach(key -> kinds.named(key.kind()).metrics().lease(outcome));
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
