package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Loaded;
import io.souk.kit.protocol.Wanted;
import io.souk.kit.protocol.Watermarks;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One process of a service that answers reads: its clock, its copy of the generation, the loads on their way. */
final class Replica {
    /** A read of the primary, in three steps: the transaction's moment and watermarks, the row, the answer's arrival. */
    static final class Load {
        private final Replica replica;
        private final int key;
        private final long began;
        private final AsOf asOf;
        private @Nullable Loaded<State> read;

        @Nullable
        Loaded<State> loaded;

        State truth = State.NONE;
        boolean failed;

        private Load(Replica replica, int key, Wanted wanted) {
            this.replica = replica;
            this.key = key;
            began = replica.service.world.now;
            asOf = AsOf.read(began, wanted.foreign(), replica.applied());
        }

        /** The next of the steps; done with the last one. */
        void goOn() {
            if (read == null) {
                var row = replica.service.database.rows[key];
                truth = row.state();
                read = new Loaded<>(replica.entry(row, asOf, began));
            } else {
                loaded = read;
                replica.loads.remove(key, this);
            }
        }

        AsOf asOf() {
            return asOf;
        }

        void fail() {
            failed = true;
            replica.loads.remove(key, this);
        }
    }

    final Service service;
    final long clockOffset;
    final Set<String> foreign;
    final Map<Integer, Load> loads = new HashMap<>();

    Generation copy;

    Replica(Service service, long clockOffset) {
        this.service = service;
        this.clockOffset = clockOffset;
        foreign = service.source == null ? Set.of() : Set.of(service.source.name);
        copy = service.generation();
    }

    /** What its own clock shows. */
    long clock() {
        return service.world.now + clockOffset;
    }

    Load begin(int key, Wanted wanted) {
        var load = new Load(this, key, wanted);
        loads.put(key, load);
        return load;
    }

    private Watermarks applied() {
        var source = service.source;
        return source == null
                ? Watermarks.NONE
                : new Watermarks(0, Map.of(source.name, Relay.earliest(service.database.source)));
    }

    private Entry<State> entry(Database.Row row, AsOf asOf, long at) {
        var order = row.order();
        if (order == null) {
            return new Entry.Absent<>(asOf);
        }
        return switch (row.kind()) {
            case PURGED -> new Entry.Absent<>(asOf);
            case DELETED -> new Entry.Tombstone<>(order, asOf);
            case LIVE ->
                new Entry.Live<>(order, asOf, at < row.validUntil() ? row.validUntil() : Long.MAX_VALUE, row.state());
        };
    }
}
