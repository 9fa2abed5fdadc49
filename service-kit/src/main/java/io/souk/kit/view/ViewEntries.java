package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisLane;
import io.souk.kit.redis.RedisScript;
import io.souk.kit.redis.Reply;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The entries in Redis, as readers and writers see them; what updaters do is in {@link AppliedLog}. They are read by one MGET
 * per slot, and written by scripts alone, each of which holds its write against the entry's floor. A write says whether it was
 * stored; false means that something newer was there, that another one has the lease by now, or that the generation is lost.
 */
@Singleton
final class ViewEntries {
    private static final RedisScript PUT = RedisScript.beside(ViewEntries.class, "put.lua");
    private static final RedisScript CLAIM = RedisScript.beside(ViewEntries.class, "claim.lua");
    private static final RedisScript FILL = RedisScript.beside(ViewEntries.class, "fill.lua");
    private static final byte[] NOTHING = new byte[0];

    /** For how long nobody else fills what a reader reads: longer than a load takes that is still waited for. */
    private static final byte[] LEASE_MILLIS = ascii("3000");

    private final PipelinedRedis redis;
    private final ViewKeys keys;
    private final ViewKinds kinds;
    private final PendingPuts puts = new PendingPuts();
    private final long absenceMillis;

    ViewEntries(PipelinedRedis redis, ViewKeys keys, ViewKinds kinds, ViewConfig config) {
        this.redis = redis;
        this.keys = keys;
        this.kinds = kinds;
        this.absenceMillis = Math.max(2, config.absence().toMillis());
    }

    /** Reads positions and data of one slot: first the position of each source of the kinds, then each id's kinds in turn. */
    Future<@Nullable Reply> read(Keyspace names, int shard, KindSet wanted, int[] some, byte[][] ids) {
        var command = RedisCommand.of("MGET", wanted.sources().length + some.length * wanted.size());
        for (int source : wanted.sources()) {
            command.arg(names.position(shard, source));
        }
        var head = names.data(shard);
        for (int id : some) {
            for (var kind : wanted.kinds()) {
                command.arg(head, kind.keyPart(), ids[id]);
            }
        }
        return redis.send(command);
    }

    /**
     * What a reader looked at, and found nothing that it could serve.
     *
     * @param names the generation that it looked into, which is the one to be filled
     * @param seen how the data began; empty if there were none
     */
    @SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten; never compared
    record Looked(Keyspace names, byte[] seen) {
        static Looked nothing(Keyspace names) {
            return new Looked(names, NOTHING);
        }
    }

    /** Data that were not there when a reader looked, with the position beside them. */
    record Changed(@Nullable Reply position, Reply.Bulk data) {}

    /**
     * What came of asking for the leases of some keys; a key of which Redis said nothing, or whose generation is lost, is in
     * none of them.
     *
     * @param taken are the token's now
     * @param held by another
     * @param changed since the reader looked, so that it was not asked for
     */
    record Leases(Set<ViewKey> taken, Set<ViewKey> held, Map<ViewKey, Changed> changed) {
        private void note(ViewKey key, @Nullable Reply answer) {
            if (answer instanceof Reply.Whole(long taking)) {
                (taking == 1 ? taken : held).add(key);
            } else if (answer instanceof Reply.Many(var both) && both.get(1) instanceof Reply.Bulk data) {
                changed.put(key, new Changed(both.get(0), data));
            }
        }
    }

    /**
     * Takes the right to fill some keys, of any slots, where it is free and the data are those that the reader saw.
     *
     * @param over whether to take it whoever has it and whatever is there
     */
    Future<Leases> claim(Map<ViewKey, Looked> wanted, String token, boolean over) {
        var byShard = wanted.keySet().stream().collect(Collectors.groupingBy(key -> keys.shard(name(key))));
        var replies = new HashMap<List<ViewKey>, Future<@Nullable Reply>>();
        byShard.forEach((shard, some) -> {
            var places = new ArrayList<byte[]>(3 * some.size());
            var arguments = new ArrayList<byte[]>(3 + some.size());
            arguments.addAll(List.of(ascii(token), LEASE_MILLIS, ascii(over ? "1" : "0")));
            for (var key : some) {
                var looked = Objects.requireNonNull(wanted.get(key));
                var kind = kinds.named(key.kind());
                places.add(looked.names().position(shard, kind.sourcePlace()));
                places.add(ViewKeys.key(looked.names().data(shard), kind.keyPart(), name(key)));
                places.add(ViewKeys.key(looked.names().lease(shard), kind.keyPart(), name(key)));
                arguments.add(looked.seen());
            }
            replies.put(some, redis.run(CLAIM, places, arguments));
        });
        return Future.join(List.copyOf(replies.values())).transform(_ -> {
            var leases = new Leases(new HashSet<>(), new HashSet<>(), new HashMap<>());
            replies.forEach((some, reply) -> {
                if (reply.result() instanceof Reply.Many(var answers)) {
                    for (int i = 0; i < answers.size(); i++) {
                        leases.note(some.get(i), answers.get(i));
                    }
                }
            });
            return Future.succeededFuture(leases);
        });
    }

    /** Lets another one take the lease at once, if it is still the token's. */
    Future<Boolean> giveLeaseBack(Keyspace names, ViewKey key, String token) {
        return fill(names, key, token, Entry.NO_ORDER, NOTHING, 1);
    }

    /**
     * Stores what a writer has committed, into the generation from before its transaction. Until Redis has answered, or has
     * failed to, {@link #pendingPuts} names the key.
     */
    Future<Boolean> put(Keyspace names, ViewKey key, Order order, byte[] entry) {
        return puts.during(
                key,
                () -> run(
                        redis,
                        PUT,
                        names,
                        key,
                        List.of(
                                ascii(order.sortable()),
                                entry,
                                ascii(Long.toString(kinds.named(key.kind()).jitteredTtlMillis())))));
    }

    PendingPuts pendingPuts() {
        return puts;
    }

    /** Stores what the holder of the lease has read after it took it. */
    Future<Boolean> fill(Keyspace names, ViewKey key, String token, Order order, byte[] entry) {
        return fill(
                names,
                key,
                token,
                order.sortable(),
                entry,
                kinds.named(key.kind()).jitteredTtlMillis());
    }

    /** Remembers for a short time that the holder of the lease has found no row. */
    Future<Boolean> fillAbsent(Keyspace names, ViewKey key, String token, AsOf asOf) {
        long ttl = absenceMillis + ThreadLocalRandom.current().nextLong(absenceMillis / 2);
        return fill(names, key, token, Entry.NO_ORDER, Entry.absent(asOf), ttl);
    }

    private Future<Boolean> fill(
            Keyspace names, ViewKey key, String token, String order, byte[] entry, long ttlMillis) {
        return run(
                redis, FILL, names, key, List.of(ascii(token), ascii(order), entry, ascii(Long.toString(ttlMillis))));
    }

    /** Runs a script on one entry, whose keys are its position, data, floor and lease; whether it answers OK. */
    Future<Boolean> run(RedisLane lane, RedisScript script, Keyspace names, ViewKey key, List<byte[]> arguments) {
        var kind = kinds.named(key.kind());
        var name = name(key);
        int shard = keys.shard(name);
        var places = List.of(
                names.position(shard, kind.sourcePlace()),
                ViewKeys.key(names.data(shard), kind.keyPart(), name),
                ViewKeys.key(names.floor(shard), kind.keyPart(), name),
                ViewKeys.key(names.lease(shard), kind.keyPart(), name));
        return lane.run(script, places, arguments)
                .map(reply ->
                        reply instanceof Reply.Bulk answer && answer.text().equals("OK"));
    }

    private static byte[] name(ViewKey key) {
        return ViewKeys.name(key.tenant(), key.id());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
