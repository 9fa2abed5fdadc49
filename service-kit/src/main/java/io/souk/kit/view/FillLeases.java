package io.souk.kit.view;

import io.souk.kit.protocol.WhyNot;
import io.souk.kit.redis.Reply;
import io.souk.kit.view.ViewEntries.Changed;
import io.souk.kit.view.ViewEntries.Looked;
import io.souk.kit.view.ViewMetrics.Lease;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The right to read a key from the database that is missing, or that nobody vouches for, and to fill it: one reader of all
 * replicas has it at a time (the protocol, sections 4 and 6). Whatever is stored from elsewhere ends it; so does its time, when
 * its holder is gone.
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
    Claims claims(Map<ViewKey, Looked> fill, Standard standard, boolean over) {
        return new Claims(fill, standard, over);
    }

    /** For a read that fills nothing. */
    Claims none(Standard standard) {
        return new Claims(Map.of(), standard, true);
    }

    /** The leases of one read. */
    final class Claims {
        private final Map<ViewKey, Looked> fill;
        private final Standard standard;
        private final boolean over;
        private final long begun = System.nanoTime();
        private final String token =
                Long.toHexString(ThreadLocalRandom.current().nextLong());
        private final Set<ViewKey> mine = ConcurrentHashMap.newKeySet();

        private Claims(Map<ViewKey, Looked> fill, Standard standard, boolean over) {
            this.fill = new ConcurrentHashMap<>(fill);
            this.standard = standard;
            this.over = over;
        }

        /**
         * Takes the leases that are free. What is neither found nor held may be read now; it is filled if its lease was taken,
         * and not if Redis did not answer or there is no time left to wait.
         */
        Future<SharedLoads.Claimed<ViewKey, OwnView>> claim(Set<ViewKey> keys) {
            var wanted = new HashMap<ViewKey, Looked>();
            for (var key : keys) {
                var looked = fill.get(key);
                if (looked != null) {
                    wanted.put(key, looked);
                }
            }
            if (wanted.isEmpty() || System.nanoTime() - begun > patienceNanos) {
                return Future.succeededFuture(new SharedLoads.Claimed<>(Map.of(), Set.of()));
            }
            var ahead = new HashSet<>(wanted.keySet());
            ahead.removeIf(key -> !entries.pendingPuts().contains(key));
            return entries.claim(wanted, token, over).map(leases -> {
                mine.addAll(leases.taken());
                count(leases.taken(), Lease.TAKEN);
                count(leases.held(), Lease.HELD);
                count(leases.changed().keySet(), Lease.FILLED);
                var held = new HashSet<>(leases.held());
                var found = new HashMap<ViewKey, OwnView>();
                leases.changed().forEach((key, changed) -> {
                    // what Redis has of a key that is ahead may be older than what its writer was told
                    var view = ahead.contains(key) ? null : servable(key, changed);
                    if (view == null) {
                        fill.put(
                                key,
                                new Looked(
                                        looked(wanted, key).names(),
                                        changed.data().first(Entry.SEEN)));
                        held.add(key);
                    } else {
                        found.put(key, view);
                    }
                });
                return new SharedLoads.Claimed<>(found, held);
            });
        }

        private @Nullable OwnView servable(ViewKey key, Changed changed) {
            var kind = kinds.named(key.kind());
            Reply.Bulk entry = changed.data();
            long own = PositionText.ownMicros(changed.position());
            if (own == PositionText.MISSING || !Entry.isOne(entry)) {
                return null;
            }
            var made = Entry.view(entry, own, PositionText.foreignMicros(changed.position(), kind.foreignInPosition()));
            var whyNot = standard.whyNot(
                    kind, key.id(), made, entry, standard.clock().nowMicros());
            boolean suits = whyNot == null || (whyNot == WhyNot.LAGGING && !standard.isRefused(made.view()));
            return suits ? made : null;
        }

        private static Looked looked(Map<ViewKey, Looked> wanted, ViewKey key) {
            return Objects.requireNonNull(wanted.get(key));
        }

        private void count(Set<ViewKey> keys, Lease outcome) {
            keys.forEach(key -> kinds.named(key.kind()).metrics().lease(outcome));
        }

        /** Where the key may be filled, and {@link #token} lets it be; null when it may not. */
        @Nullable
        Keyspace filled(ViewKey key) {
            var looked = mine.contains(key) ? fill.get(key) : null;
            return looked == null ? null : looked.names();
        }

        /** What the leases of this read hold. */
        String token() {
            return token;
        }

        /** The key is not filled after all. */
        void giveBack(ViewKey key) {
            var looked = fill.get(key);
            if (looked != null && mine.remove(key)) {
                entries.giveLeaseBack(looked.names(), key, token);
            }
        }
    }
}
