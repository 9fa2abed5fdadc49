package io.souk.kit.view;

import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** One call's read: some ids, each by the same kinds. Its fields belong to the caller's context. */
final class ViewRead {
    private final ViewKeys keys;
    private final ViewEntries entries;
    private final ViewLoader loader;
    private final TenantId tenant;
    private final List<UUID> ids;
    private final KnownKind<?>[] kinds;

    /** By id, then by kind; null until it is known. */
    private final @Nullable View[] views;

    /** By id: whether Redis could be asked, so that what it does not have shall be filled. */
    private final boolean[] asked;

    /** The places that Redis cannot be asked for yet: their newest version is still on its way there. */
    private final BitSet ahead = new BitSet();

    private int unknown;

    ViewRead(
            ViewKeys keys,
            ViewEntries entries,
            ViewLoader loader,
            TenantId tenant,
            List<UUID> ids,
            KnownKind<?>[] kinds) {
        this.keys = keys;
        this.entries = entries;
        this.loader = loader;
        this.tenant = tenant;
        this.ids = ids;
        this.kinds = kinds;
        this.views = new @Nullable View[ids.size() * kinds.length];
        this.asked = new boolean[ids.size()];
        this.unknown = views.length;
    }

    Future<ViewRead> start() {
        if (unknown == 0) {
            return Future.succeededFuture(this);
        }
        noteWhatIsAhead();
        return ask().transform(_ -> unknown == 0 ? Future.succeededFuture(this) : load(false));
    }

    /** From the tables, whatever Redis has. */
    Future<ViewRead> pastRedis() {
        Arrays.fill(asked, true);
        for (var kind : kinds) {
            kind.metrics().bypass(ids.size());
        }
        return unknown == 0 ? Future.succeededFuture(this) : load(true);
    }

    List<View> of(int id) {
        var some = new View[kinds.length];
        System.arraycopy(views, id * kinds.length, some, 0, kinds.length);
        return Arrays.asList(some);
    }

    /** Before Redis is asked: a put that is answered by now was executed before what is asked from now on. */
    private void noteWhatIsAhead() {
        var puts = entries.pendingPuts();
        if (puts.isEmpty()) {
            return;
        }
        for (int place = 0; place < views.length; place++) {
            ahead.set(place, puts.contains(key(place / kinds.length, place % kinds.length)));
        }
    }

    private ViewKey key(int id, int kind) {
        return new ViewKey(kinds[kind].name(), tenant, ids.get(id));
    }

    private Future<?> ask() {
        if (ids.size() == 1) {
            var name = ViewKeys.name(tenant, ids.getFirst());
            return ask(keys.shard(name), new int[] {0}, new byte[][] {name});
        }
        var names = new byte[ids.size()][];
        var byShard = new HashMap<Integer, List<Integer>>();
        for (int id = 0; id < names.length; id++) {
            names[id] = ViewKeys.name(tenant, ids.get(id));
            byShard.computeIfAbsent(keys.shard(names[id]), _ -> new ArrayList<>())
                    .add(id);
        }
        var replies = new ArrayList<Future<?>>();
        byShard.forEach((shard, some) ->
                replies.add(ask(shard, some.stream().mapToInt(Integer::intValue).toArray(), names)));
        return Future.join(replies);
    }

    /** Reads the kinds of some ids of one shard by one command. */
    private Future<?> ask(int shard, int[] some, byte[][] names) {
        var query = entries.query(shard, some.length * kinds.length);
        for (int id : some) {
            for (var kind : kinds) {
                query.add(kind, names[id]);
            }
        }
        return query.send().andThen(reply -> note(some, reply.result()));
    }

    private void note(int[] some, @Nullable Reply reply) {
        var items = reply instanceof Reply.Many(var found) ? found : null;
        for (int i = 0; i < some.length; i++) {
            asked[some[i]] = items != null;
            for (int kind = 0; kind < kinds.length; kind++) {
                if (items == null) {
                    kinds[kind].metrics().bypass(1);
                } else {
                    note(some[i], kind, items.get(i * kinds.length + kind));
                }
            }
        }
    }

    private void note(int id, int kind, @Nullable Reply item) {
        var view = item instanceof Reply.Bulk entry && !ahead.get(id * kinds.length + kind) ? Entry.view(entry) : null;
        if (view == null) {
            kinds[kind].metrics().miss();
        } else {
            kinds[kind].metrics().hit();
            views[id * kinds.length + kind] = view;
            unknown--;
        }
    }

    /** Reads all that is unknown at once; what Redis was asked for in vain is filled. */
    private Future<ViewRead> load(boolean fresh) {
        var missing = new LinkedHashMap<ViewKey, Integer>();
        var fill = new HashSet<ViewKey>();
        for (int place = 0; place < views.length; place++) {
            if (views[place] == null) {
                int id = place / kinds.length;
                var key = key(id, place % kinds.length);
                missing.put(key, place);
                if (asked[id] && !ahead.get(place)) {
                    fill.add(key);
                }
            }
        }
        return loader.load(tenant, missing.keySet(), fill, fresh).map(loaded -> {
            missing.forEach((key, place) -> views[place] = loaded.get(key));
            return this;
        });
    }
}
