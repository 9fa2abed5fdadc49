package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Watermarks;

/** What is looked at all along. */
final class Invariants {
    private Invariants() {}

    /** All commits before a position's watermarks are in the entries beside it, or the entry is absent. */
    static void vouch(Service service, Generation generation, int shard) {
        var position = service.cache.position(generation, shard);
        if (position == null) {
            return;
        }
        for (int key = shard; key < service.history.size(); key += service.log.partitions.length) {
            var truth = service.cache.truth(generation, key);
            if (truth != null && service.cache.data(generation, key) != null) {
                vouch(service, key, truth, position.watermarks());
            }
        }
    }

    private static void vouch(Service service, int key, State truth, Watermarks known) {
        // What is older proves nothing to anybody.
        long oldest = oldest(service);
        if (known.ownMicros() > oldest && service.replacedAt(key, truth.index()) < known.ownMicros()) {
            service.world.violated(Invariant.VOUCH, "key %d is %s, its watermark %s".formatted(key, truth, known));
        }
        var source = service.source;
        if (source != null && !truth.unproven()) {
            long foreign = known.foreignMicros().getOrDefault(source.name, 0L);
            if (known.ownMicros() > oldest && foreign > oldest && source.replacedAt(key, truth.foreign()) < foreign) {
                service.world.violated(
                        Invariant.VOUCH, "key %d is %s, its foreign watermark %s".formatted(key, truth, known));
            }
        }
    }

    /**
     * An answer that was not marked as stale: it is not older than the bound, nor than its age says.
     *
     * @param claimed the moment for which the reader holds it to be proven
     */
    static void answer(String reader, Service service, int key, State truth, long claimed) {
        long since = Math.max(claimed, oldest(service));
        if (service.replacedAt(key, truth.index()) < since) {
            service.world.violated(Invariant.BOUND, "%s is given %s of key %d".formatted(reader, truth, key));
        }
        var source = service.source;
        if (source != null && !truth.unproven() && source.replacedAt(key, truth.foreign()) < since) {
            service.world.violated(
                    Invariant.BOUND, "%s is given %s of key %d, its foreign part is old".formatted(reader, truth, key));
        }
    }

    /**
     * An answer that was marked as stale: it is not older than its age says; from the cache it is as new as the own tables,
     * or asking them would have been better. An age above the compaction lag is a lower bound: a record that was older than the
     * heartbeat before it may have been taken away for one behind it.
     */
    static void stale(String reader, Service service, int key, State truth, long claimed, boolean fromCache) {
        long known = claimed < service.world.now - World.COMPACTION_LAG ? 0 : claimed;
        long since = fromCache ? Math.max(known, oldest(service)) : known;
        if (service.replacedAt(key, truth.index()) < since) {
            service.world.violated(Invariant.BOUND, "%s is given %s of key %d as stale".formatted(reader, truth, key));
        }
        var source = service.source;
        if (source != null && !truth.unproven() && source.replacedAt(key, truth.foreign()) < known) {
            service.world.violated(
                    Invariant.BOUND,
                    "%s is given %s of key %d as stale, its foreign part is older".formatted(reader, truth, key));
        }
    }

    /** What is older may not be given in silence. */
    private static long oldest(Service service) {
        return service.world.now - World.BOUND.toNanos() / 1_000;
    }
}
