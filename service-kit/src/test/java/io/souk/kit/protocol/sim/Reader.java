package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Found;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Loaded;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.ReadStep;
import io.souk.kit.protocol.ReadStep.Fill;
import io.souk.kit.protocol.ReadStep.FindGeneration;
import io.souk.kit.protocol.ReadStep.Load;
import io.souk.kit.protocol.ReadStep.LoadToFill;
import io.souk.kit.protocol.ReadStep.Look;
import io.souk.kit.protocol.ReadStep.Refuse;
import io.souk.kit.protocol.ReadStep.Retry;
import io.souk.kit.protocol.ReadStep.Serve;
import io.souk.kit.protocol.ReadStep.ServeStale;
import io.souk.kit.protocol.ReadStep.TakeLease;
import io.souk.kit.protocol.Wanted;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.protocol.sim.CacheModel.Claim;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Does what a {@link ReadStep} says, one read after the other. */
final class Reader extends Actor {
    private static final int MANY_STEPS = 40;

    private final Replica replica;
    private final Service service;
    private @Nullable ReadStep<State> next;
    private int key;
    private int steps;
    private @Nullable Found<State> found;
    private @Nullable State truth;

    /** What the last look found, by which a claim is told whether something has come since. */
    private @Nullable Entry<State> looked;

    /** What the client has seen of the aggregate before it came, and names in its token. */
    private @Nullable State seen;

    private Replica.@Nullable Load load;
    private boolean joined;

    /** What the last read was given from the cache, for who looks at the end. */
    boolean hit;

    Reader(Replica replica, String name) {
        super(replica.service.world, "reader " + replica.service.name + name);
        this.replica = replica;
        this.service = replica.service;
    }

    @Override
    boolean isReady() {
        if (next == null) {
            return !world.calm;
        }
        return !joined || load == null || load.loaded != null || load.failed;
    }

    @Override
    void step() {
        var step = next;
        if (step == null) {
            begin(world.dice.below(world.scenario.keys));
            return;
        }
        if (++steps > MANY_STEPS) {
            world.violated(Invariant.LEASE, "%s is not answered".formatted(name));
        }
        switch (step) {
            case Look<State> look -> look(look);
            case FindGeneration<State> find -> {
                replica.copy = service.generation();
                go(find.found(replica.copy));
            }
            case Retry<State> retry -> go(retry.waited());
            case TakeLease<State> take -> takeLease(take);
            case LoadToFill<State> fill -> loadToFill(fill);
            case Fill<State> fill -> fill(fill);
            case Load<State> plain -> load(plain);
            case Serve<State> _ -> next = null;
            case ServeStale<State> _ -> next = null;
            case Refuse<State> _ -> throw new IllegalStateException("no reader here asks for an age");
        }
    }

    /** Begins to read the key; half of the readers have seen something of it before. */
    void begin(int key) {
        this.key = key;
        steps = 0;
        hit = false;
        looked = null;
        truth = null;
        seen = world.dice.oneIn(2) ? service.database.rows[key].state() : null;
        var token = seen == null ? null : service.database.rows[key].order();
        go(ReadStep.start(new Wanted(world.freshness, replica.foreign, token), replica.copy));
    }

    @Override
    void crash() {
        if (load != null && !joined) {
            load.fail();
        }
        next = null;
        load = null;
    }

    @Override
    void disconnected() {
        if (load != null) {
            crash();
        }
    }

    @Override
    boolean isIdle() {
        return next == null;
    }

    @Override
    boolean isDelicate() {
        return next instanceof Fill<?> || next instanceof LoadToFill<?> || (load != null && !joined) || found != null;
    }

    @Override
    String state() {
        return next == null
                ? "idle"
                : "key " + key + " " + next.getClass().getSimpleName() + (found == null ? "" : " " + found)
                        + (load == null ? "" : " as of " + load.asOf()) + (truth == null ? "" : " " + truth);
    }

    /** What is decided to be the answer is looked at in the moment of the decision. */
    private void decided(Serve<State> serve) {
        Invariants.answer(name, service, key, Objects.requireNonNull(truth), claimed(serve.ageMicros()));
        checkToken(serve.entry());
    }

    private void decided(ServeStale<State> serve, boolean fromCache) {
        Invariants.stale(name, service, key, Objects.requireNonNull(truth), claimed(serve.ageMicros()), fromCache);
        checkToken(serve.entry());
    }

    private long claimed(long ageMicros) {
        return ageMicros == 0 ? 0 : replica.clock() - ageMicros;
    }

    private void checkToken(Entry<State> given) {
        if (seen != null && truth != null && truth.index() < seen.index() && !service.isLost(key, seen)) {
            world.violated(Invariant.TOKEN, "%s has seen %s and is given %s".formatted(name, seen, given));
        }
    }

    private void go(ReadStep<State> then) {
        boolean fromCache = next instanceof Look<State>;
        next = then;
        switch (then instanceof Fill<State> fill ? fill.then() : then) {
            case Serve<State> serve -> decided(serve);
            case ServeStale<State> serve -> decided(serve, fromCache);
            default -> {}
        }
        found = null;
        load = null;
        joined = false;
    }

    private void look(Look<State> look) {
        var answer = found;
        if (answer == null) {
            if (world.net() != Net.DONE) {
                go(look.noAnswer());
                return;
            }
            found = service.world.strikes(20)
                    ? service.cache.asOf(world.dice.between(1, 6), () -> find(look.generation()))
                    : find(look.generation());
            if (off(Protection.TOMBSTONE)) {
                checkTombstone(look.generation());
            }
            return;
        }
        looked = answer.entry();
        if (off(Protection.ONE_COMMAND)) {
            answer = Found.of(positions(look.generation()), answer.entry());
        }
        var then = look.found(answer, replica.clock());
        switch (then) {
            case Serve<State> serve -> {
                hit = true;
                checkEnd(serve.entry());
            }
            case ServeStale<State> serve -> checkEnd(serve.entry());
            default -> {}
        }
        go(then);
    }

    private void checkEnd(Entry<State> given) {
        if (given instanceof Entry.Live<State> live && live.validUntilMicros() <= world.now) {
            world.violated(Invariant.BOUND, "%s is served past its end: %s".formatted(name, live));
        }
    }

    private Found<State> find(Generation generation) {
        truth = service.cache.truth(generation, key);
        return Found.of(positions(generation), service.cache.data(generation, key));
    }

    private List<@Nullable Position> positions(Generation generation) {
        var position = service.cache.position(generation, service.shard(key));
        return Arrays.asList(position == null ? null : known(position));
    }

    /** What the reader takes for the watermarks, where it does not go by the position alone. */
    private Position known(Position position) {
        var known = position.watermarks();
        if (off(Protection.WATERMARK_THROUGH_THE_LOG)) {
            long told = service.log.partitions[service.shard(key)].toldUpToEnd();
            known = new Watermarks(told, known.foreignMicros());
        }
        var source = service.source;
        if (off(Protection.FOREIGN_WATERMARK_CARRIED) && source != null) {
            long applied = Relay.earliest(service.database.source);
            known = new Watermarks(known.ownMicros(), Map.of(source.name, applied));
        }
        return new Position(position.offset(), known);
    }

    /** A deleted row's entry was there and nothing has taken it away: no read needs the database. */
    private void checkTombstone(Generation generation) {
        var stands = truth;
        if (Objects.requireNonNull(found).entry() == null
                && stands != null
                && stands.index() >= 0
                && service.cache.floor(generation, key) != null) {
            var kind = service.history.get(key).get(stands.index()).event.kind();
            if (kind != Event.Kind.LIVE) {
                world.violated(Invariant.LOAD, "key %d is deleted, and still read from the database".formatted(key));
            }
        }
    }

    private void takeLease(TakeLease<State> take) {
        var net = world.net();
        if (net == Net.NOT_DONE) {
            go(take.noAnswer());
            return;
        }
        var token = world.freshText();
        var holder = service.cache.lease(take.generation(), key);
        var claim = service.cache.claim(take.generation(), service.shard(key), key, token, looked, false);
        if (claim instanceof Claim.Taken<State> && holder != null) {
            world.violated(Invariant.LOAD, "key %d is read for one lease by two".formatted(key));
        }
        if (net != Net.DONE) {
            go(take.noAnswer());
            return;
        }
        switch (claim) {
            case Claim.Taken<State> _ -> go(take.taken(token));
            case Claim.Held<State> _ -> go(take.held());
            case Claim.Gone<State> _ -> go(take.noAnswer());
            case Claim.Changed<State> _ -> changed(take);
        }
    }

    /** What has come since the look was answered together with the claim. */
    private void changed(TakeLease<State> take) {
        var since = find(take.generation());
        looked = since.entry();
        var then = take.changed(since, replica.clock());
        if (then instanceof Serve<State> serve) {
            hit = true;
            checkEnd(serve.entry());
        }
        go(then);
    }

    private void loadToFill(LoadToFill<State> fill) {
        var loaded = loaded(fill.wanted(), off(Protection.OWN_LOAD_TO_FILL));
        if (loaded != null) {
            go(fill.loaded(loaded, replica.clock()));
        }
    }

    private void load(Load<State> plain) {
        boolean before = joined;
        var loaded = loaded(plain.wanted(), plain.shared());
        if (loaded != null) {
            go(
                    before && off(Protection.TOKEN_ON_SHARED_LOADS)
                            ? new Serve<>(loaded.entry(), 0)
                            : plain.loaded(loaded, replica.clock()));
        }
    }

    /** Begins a load or joins one; what it gave, once it has. */
    private @Nullable Loaded<State> loaded(Wanted wanted, boolean shared) {
        var mine = load;
        if (mine == null) {
            var other = shared ? replica.loads.get(key) : null;
            joined = other != null;
            load = other == null ? replica.begin(key, wanted) : other;
            return null;
        }
        if (mine.failed) {
            load = null;
            joined = false;
            return null;
        }
        if (!joined) {
            mine.goOn();
        }
        truth = mine.truth;
        return mine.loaded;
    }

    private void fill(Fill<State> fill) {
        if (world.net() != Net.NOT_DONE) {
            var entry = fill.loaded().entry();
            service.cache.fill(
                    fill.generation(),
                    service.shard(key),
                    key,
                    fill.token(),
                    CacheModel.orderOf(entry),
                    entry,
                    Objects.requireNonNull(truth));
            Invariants.vouch(service, fill.generation(), service.shard(key));
        }
        next = fill.then();
    }
}
