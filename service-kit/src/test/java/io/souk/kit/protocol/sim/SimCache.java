package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import org.jspecify.annotations.Nullable;

/** The Redis of a simulated service: it knows of every entry what it stands for. */
final class SimCache extends CacheModel<State> {
    private static final String NEWEST = "newest";
    static final String BUMPED = "bumped";

    /** What an entry stands for. */
    private record Stored(State state) {}

    private final World world;

    SimCache(World world) {
        super(world.off);
        this.world = world;
    }

    @Nullable
    State truth(Generation g, int key) {
        return value(new Key(Part.TRUTH, g, key)) instanceof Stored stored ? stored.state() : null;
    }

    @Override
    protected void stored(Generation g, int key, Entry<State> entry, State truth) {
        set(new Key(Part.TRUTH, g, key), new Stored(truth));
        if (entry instanceof Entry.Absent<State>) {
            return; // it has no version, and an event that is on its way may replace it
        }
        var newestKey = new Key(Part.TRUTH, g, key, NEWEST);
        int newest = value(newestKey) instanceof Integer before ? before : -1;
        if (truth.index() < newest) {
            world.violated(
                    Invariant.MONOTONE, "key %d of %s fell from %d to %d".formatted(key, g, newest, truth.index()));
        }
        set(newestKey, Math.max(newest, truth.index()));
    }

    /** The newest state of the key for which the count was replaced; -1 when it never was. */
    int bumped(Generation g, int key) {
        return value(new Key(Part.TRUTH, g, key, BUMPED)) instanceof Integer index ? index : -1;
    }

    @Override
    protected void bumped(Generation g, LogRecord<Version<State>> change) {
        var version =
                switch (change) {
                    case LogRecord.Change<Version<State>>(var decoded) -> decoded;
                    case LogRecord.Undecodable<Version<State>>(var header) -> header;
                    default -> throw new IllegalArgumentException("no change: " + change);
                };
        set(
                new Key(Part.TRUTH, g, version.key(), BUMPED),
                Math.max(bumped(g, version.key()), version.truth().index()));
    }
}
