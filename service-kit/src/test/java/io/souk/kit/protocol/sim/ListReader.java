package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.ListStep;
import io.souk.kit.protocol.ListStep.FindGeneration;
import io.souk.kit.protocol.ListStep.FindList;
import io.souk.kit.protocol.ListStep.Load;
import io.souk.kit.protocol.ListStep.Look;
import io.souk.kit.protocol.ListStep.MakeCount;
import io.souk.kit.protocol.ListStep.Query;
import io.souk.kit.protocol.ListStep.Serve;
import io.souk.kit.protocol.ListStep.ServeStale;
import io.souk.kit.protocol.ListStep.Store;
import io.souk.kit.protocol.Loaded;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Wanted;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Does what a {@link ListStep} says: the list of everything there is, whose body is the place of each key in its history. */
final class ListReader extends Actor {
    private record Answer(
            List<@Nullable Position> positions, @Nullable String count) {}

    private final Replica replica;
    private final Service service;
    private @Nullable ListStep<int[]> next;
    private @Nullable Answer answer;
    private @Nullable Entry<int[]> list;
    private boolean listRead;
    private long asOf;

    ListReader(Replica replica, String name) {
        super(replica.service.world, "list reader " + name);
        this.replica = replica;
        this.service = replica.service;
    }

    @Override
    boolean isReady() {
        return next != null || !world.calm;
    }

    @Override
    void step() {
        switch (next) {
            case null -> go(ListStep.start(new Wanted(world.freshness, replica.foreign, null), replica.copy));
            case Look<int[]> look -> look(look);
            case FindGeneration<int[]> find -> {
                replica.copy = service.generation();
                go(find.found(replica.copy));
            }
            case MakeCount<int[]> make -> {
                var net = world.net();
                if (net != Net.NOT_DONE) {
                    service.cache.makeCount(make.generation(), world.freshText());
                }
                go(net == Net.DONE ? make.made() : make.noAnswer());
            }
            case FindList<int[]> find -> findList(find);
            case Query<int[]> query -> {
                var loaded = loaded();
                if (loaded != null) {
                    go(query.loaded(loaded, replica.clock()));
                }
            }
            case Store<int[]> store -> store(store);
            case Load<int[]> load -> {
                var loaded = loaded();
                if (loaded != null) {
                    go(load.loaded(loaded, replica.clock()));
                }
            }
            case ServeStale<int[]> _ -> next = null;
            case Serve<int[]> _ -> next = null;
        }
    }

    @Override
    void crash() {
        next = null;
    }

    @Override
    void disconnected() {
        if (asOf != 0) {
            crash();
        }
    }

    @Override
    boolean isIdle() {
        return next == null;
    }

    @Override
    boolean isDelicate() {
        return next instanceof Store<?> || asOf != 0;
    }

    @Override
    String state() {
        return next == null ? "idle" : next.getClass().getSimpleName() + (answer == null ? "" : " " + answer);
    }

    private void go(ListStep<int[]> then) {
        next = then;
        if ((then instanceof Store<int[]> store ? store.then() : then) instanceof Serve<int[]> serve) {
            check(serve);
        }
        answer = null;
        asOf = 0;
        listRead = false;
    }

    private void look(Look<int[]> look) {
        var seen = answer;
        if (seen != null) {
            go(look.found(seen.positions(), seen.count()));
        } else if (world.net() != Net.DONE) {
            go(look.noAnswer());
        } else {
            answer = world.strikes(20)
                    ? service.cache.asOf(world.dice.between(1, 6), () -> find(look.generation()))
                    : find(look.generation());
        }
    }

    private Answer find(Generation generation) {
        var positions = new ArrayList<@Nullable Position>();
        int vouching = off(Protection.MINIMUM_OVER_SHARDS) ? 1 : service.log.partitions.length;
        for (int shard = 0; shard < vouching; shard++) {
            positions.add(service.cache.listPosition(generation, shard));
        }
        return new Answer(positions, service.cache.count(generation));
    }

    private void findList(FindList<int[]> find) {
        if (!listRead) {
            if (world.net() != Net.DONE) {
                go(find.noAnswer());
                return;
            }
            list = list(find);
            listRead = true;
            if (list instanceof Entry.Live<int[]> live) {
                compare(find.generation(), find.count(), live.body());
            }
            return;
        }
        go(find.found(list, replica.clock()));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Entry<int[]> list(FindList<int[]> find) {
        return (Entry<int[]>) service.cache.list(find.generation(), find.count());
    }

    /** In two steps: the transaction's moment, then the query's snapshot. */
    private @Nullable Loaded<int[]> loaded() {
        if (asOf == 0) {
            asOf = world.now;
            return null;
        }
        var places = new int[world.scenario.keys];
        for (int key = 0; key < places.length; key++) {
            places[key] = service.database.rows[key].state().index();
        }
        return new Loaded<>(new Entry.Live<>(new Order(1, 1), AsOf.own(asOf), Freshness.FOR_EVER, places));
    }

    private void store(Store<int[]> store) {
        if (world.net() != Net.NOT_DONE) {
            var late = service.cache.count(store.generation());
            var count = off(Protection.COUNT_BEFORE_QUERY) && late != null ? late : store.count();
            service.cache.storeList(store.generation(), count, store.loaded().entry());
            if (store.loaded().entry() instanceof Entry.Live<int[]> live) {
                compare(store.generation(), count, live.body());
            }
        }
        next = store.then();
    }

    /** Nothing under the present count is older than what it was last replaced for. */
    private void compare(Generation generation, String count, int[] places) {
        if (!count.equals(service.cache.count(generation))) {
            return;
        }
        for (int key = 0; key < places.length; key++) {
            if (places[key] < service.cache.bumped(generation, key)) {
                world.violated(Invariant.LIST, "under %s key %d is at %d".formatted(count, key, places[key]));
            }
        }
    }

    private void check(Serve<int[]> serve) {
        long claimed = serve.ageMicros() == 0 ? 0 : replica.clock() - serve.ageMicros();
        if (serve.entry() instanceof Entry.Live<int[]> live) {
            for (int key = 0; key < live.body().length; key++) {
                Invariants.answer(name, service, key, new State(live.body()[key], -1, false), claimed);
            }
        }
    }
}
