package io.souk.kit.view;

import io.souk.kit.protocol.WhyNot;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import io.souk.kit.view.ViewEntries.Looked;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One call's read (the protocol, section 6): some ids, each by the same kinds. Its fields belong to the caller's context.
 *
 * <p>It looks once, as a rule. Where a position is missing it asks for the generation and looks once more; where its caller
 * has seen something newer it looks again for a while. What is not found servable by then is read from the tables.
 */
final class ViewRead {
    private static final int SHORTEST_PAUSE_MILLIS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 20;

    /** What reads need, the same for all. */
    record Tools(
            Vertx vertx,
            ViewKeys keys,
            Generations generations,
            ViewEntries entries,
            ViewLoader loader,
            ViewConfig config,
            TenantSlots waiters) {}

    private final Tools tools;
    private final Standard standard;
    private final TenantId tenant;
    private final List<UUID> ids;
    private final KindSet kinds;

    /** By id, then by kind; null until it is known. */
    private final @Nullable View[] views;

    /** By id: what was looked into, so that what it does not have shall be filled; null when Redis could not be asked. */
    private final @Nullable Keyspace[] lookedInto;

    /** In the places of the views, once something is there that cannot be served: how it began. */
    private byte @Nullable [][] seen;

    /** Likewise why nothing was servable. */
    private final @Nullable WhyNot[] why;

    /** The places that Redis cannot be asked for yet: their newest version is still on its way there. */
    private final BitSet ahead = new BitSet();

    /** The ids whose generation had no position in Redis. */
    private final BitSet doubtful = new BitSet();

    private int unknown;
    private long patientUntil;

    ViewRead(Tools tools, Standard standard, TenantId tenant, List<UUID> ids, KindSet kinds) {
        this.tools = tools;
        this.standard = standard;
        this.tenant = tenant;
        this.ids = ids;
        this.kinds = kinds;
        this.views = new @Nullable View[ids.size() * kinds.size()];
        this.why = new @Nullable WhyNot[views.length];
        this.lookedInto = new @Nullable Keyspace[ids.size()];
        this.unknown = views.length;
    }

    Future<ViewRead> start() {
        if (unknown == 0) {
            return Future.succeededFuture(this);
        }
        if (!standard.clock().isTrusted()) {
            return load(false);
        }
        noteWhatIsAhead();
        var names = tools.generations().copy();
        return names == null ? confirm(all()) : look(names, all(), false);
    }

    /** From the tables, whatever Redis has. */
    Future<ViewRead> pastRedis() {
        Arrays.fill(lookedInto, tools.generations().copy());
        return unknown == 0 ? Future.succeededFuture(this) : load(true);
    }

    List<View> of(int id) {
        var some = new View[kinds.size()];
        System.arraycopy(views, id * kinds.size(), some, 0, kinds.size());
        return Arrays.asList(some);
    }

    /** Before Redis is asked: a put that is answered by now was executed before what is asked from now on. */
    private void noteWhatIsAhead() {
        var puts = tools.entries().pendingPuts();
        if (puts.isEmpty()) {
            return;
        }
        for (int place = 0; place < views.length; place++) {
            ahead.set(place, puts.contains(key(place)));
        }
    }

    private ViewKey key(int place) {
        return new ViewKey(kinds.kinds()[place % kinds.size()].name(), tenant, ids.get(place / kinds.size()));
    }

    private int[] all() {
        var all = new int[ids.size()];
        Arrays.setAll(all, id -> id);
        return all;
    }

    /** @param confirmed whether the generation was just asked for */
    private Future<ViewRead> look(Keyspace names, int[] some, boolean confirmed) {
        return ask(names, some).transform(_ -> unknown == 0 ? Future.succeededFuture(this) : goOn(confirmed));
    }

    private Future<?> ask(Keyspace names, int[] some) {
        if (some.length == 1 && ids.size() == 1) {
            var name = ViewKeys.name(tenant, ids.getFirst());
            return ask(names, tools.keys().shard(name), some, new byte[][] {name});
        }
        var known = new byte[ids.size()][];
        var byShard = new HashMap<Integer, List<Integer>>();
        for (int id : some) {
            known[id] = ViewKeys.name(tenant, ids.get(id));
            byShard.computeIfAbsent(tools.keys().shard(known[id]), _ -> new ArrayList<>())
                    .add(id);
        }
        var replies = new ArrayList<Future<?>>();
        byShard.forEach((shard, mine) -> replies.add(
                ask(names, shard, mine.stream().mapToInt(Integer::intValue).toArray(), known)));
        return Future.join(replies);
    }

    /** Reads the kinds of some ids of one shard by one command, and with them what vouches for them. */
    private Future<?> ask(Keyspace names, int shard, int[] some, byte[][] known) {
        return tools.entries()
                .read(names, shard, kinds, some, known)
                .andThen(reply -> note(names, some, reply.result()));
    }

    private void note(Keyspace names, int[] some, @Nullable Reply reply) {
        var items = reply instanceof Reply.Many(var found) ? found : null;
        for (int id : some) {
            lookedInto[id] = items == null ? null : names;
            doubtful.clear(id);
        }
        if (items == null) {
            return;
        }
        long now = standard.clock().nowMicros();
        for (int k = 0; k < kinds.size(); k++) {
            var kind = kinds.kinds()[k];
            var position = items.get(kinds.positionOf()[k]);
            long own = PositionText.ownMicros(position);
            long foreign = PositionText.foreignMicros(position, kind.foreignInPosition());
            for (int i = 0; i < some.length; i++) {
                int place = some[i] * kinds.size() + k;
                if (own == PositionText.MISSING) {
                    lookedInto[some[i]] = null;
                    doubtful.set(some[i]);
                } else if (views[place] == null) {
                    var item = items.get(kinds.sources().length + i * kinds.size() + k);
                    note(place, kind, own, foreign, item, now);
                }
            }
        }
    }

    private void note(
            int place, KnownKind<?> kind, long ownMicros, long foreignMicros, @Nullable Reply item, long now) {
        if (ahead.get(place)) {
            why[place] = WhyNot.BEHIND;
        } else if (!(item instanceof Reply.Bulk entry) || entry.length() == 0) {
            why[place] = WhyNot.EMPTY;
        } else if (!Entry.isOne(entry)) {
            miss(place, WhyNot.EMPTY, entry);
        } else {
            var made = Entry.view(entry, ownMicros, foreignMicros);
            var whyNot = standard.whyNot(kind, ids.get(place / kinds.size()), made, entry, now);
            if (whyNot == null) {
                hit(place, kind, made.view(), now);
            } else if (whyNot == WhyNot.LAGGING && !standard.isRefused(made.view())) {
                kind.metrics().stale();
                hit(place, kind, made.view().asStale(), now);
            } else {
                miss(place, whyNot, entry);
            }
        }
    }

    private void hit(int place, KnownKind<?> kind, View view, long now) {
        kind.metrics().hit(Math.max(0, now - view.provenMicros()));
        views[place] = view;
        unknown--;
    }

    private void miss(int place, WhyNot reason, Reply.Bulk entry) {
        why[place] = reason;
        if (seen == null) {
            seen = new byte[views.length][];
        }
        seen[place] = entry.first(Entry.SEEN);
    }

    private Future<ViewRead> goOn(boolean confirmed) {
        if (!confirmed && !doubtful.isEmpty()) {
            return confirm(doubtful.stream().toArray());
        }
        var behind = Arrays.stream(all()).filter(this::isBehind).toArray();
        return behind.length > 0 && isPatient()
                ? tools.waiters()
                        .take(tenant)
                        .map(slot -> waitFor(behind, slot))
                        .orElseGet(() -> load(false))
                : load(false);
    }

    private Future<ViewRead> waitFor(int[] behind, TenantSlots.Slot slot) {
        return pause().compose(_ -> {
            slot.release();
            var names = tools.generations().copy();
            return names == null ? load(false) : look(names, behind, true);
        });
    }

    /** The copy of the generation may be old, or the cache is lost. */
    private Future<ViewRead> confirm(int[] some) {
        return tools.generations()
                .confirm(tenant)
                .compose(names -> names == null ? load(false) : look(names, some, true));
    }

    private boolean isBehind(int id) {
        for (int place = id * kinds.size(); place < (id + 1) * kinds.size(); place++) {
            if (views[place] == null && why[place] == WhyNot.BEHIND && !ahead.get(place)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPatient() {
        long now = System.nanoTime();
        if (patientUntil == 0) {
            patientUntil = now + tools.config().tokenWait().toNanos();
        }
        return patientUntil - now > 0;
    }

    private Future<Void> pause() {
        Promise<Void> over = Promise.promise();
        tools.vertx()
                .setTimer(
                        ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS + 1),
                        _ -> over.complete());
        return over.future();
    }

    /** Reads all that is unknown at once; what Redis was asked for in vain is filled. */
    private Future<ViewRead> load(boolean fresh) {
        var missing = new LinkedHashMap<ViewKey, Integer>();
        var fill = new HashMap<ViewKey, Looked>();
        for (int place = 0; place < views.length; place++) {
            if (views[place] != null) {
                continue;
            }
            var key = key(place);
            missing.put(key, place);
            var names = lookedInto[place / kinds.size()];
            var metrics = kinds.kinds()[place % kinds.size()].metrics();
            if (names == null || fresh) {
                metrics.bypass();
            } else {
                metrics.miss(why[place]);
            }
            if (names != null && !ahead.get(place)) {
                fill.put(key, looked(names, place));
            }
        }
        return tools.loader()
                .load(tenant, missing.keySet(), fill, standard, fresh)
                .map(loaded -> {
                    missing.forEach(
                            (key, place) -> views[place] = told(place, Objects.requireNonNull(loaded.get(key))));
                    return this;
                });
    }

    private Looked looked(Keyspace names, int place) {
        byte @Nullable [] began = seen == null ? null : seen[place];
        return began == null ? Looked.nothing(names) : new Looked(names, began);
    }

    private View told(int place, View view) {
        if (standard.isProven(view)) {
            return view;
        }
        standard.refuse(view);
        kinds.kinds()[place % kinds.size()].metrics().stale();
        return view.asStale();
    }
}
