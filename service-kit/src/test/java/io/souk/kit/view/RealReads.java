package io.souk.kit.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.Applying;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The live reader over a real Redis and real tables, for the test that holds it against the simulator's model. Each read is that
 * of a replica of its own, with a clock that stands still.
 */
public final class RealReads {
    /** Kinds of views of one aggregate: of the own state alone, and with that of foreign sources. */
    public static final String OWN = "own";

    public static final String COMPOSED = "composed";

    public static final AggregateType AGGREGATE = new AggregateType("catalog", "thing");

    public static final Set<AggregateType> FOREIGN =
            Set.of(new AggregateType("inventory", "stock"), new AggregateType("orders", "rating"));

    public static final Duration BOUND = Replica.Settings.DEFAULT.bound();
    public static final Duration SKEW = Replica.Settings.DEFAULT.clockSkew();
    public static final int SHARDS = new Replica.Events().partitions();

    /** Of all rows. */
    public static final int EPOCH = 2;

    /** How many reads of the tables run at a time: the application has work of its own. */
    private static final int LOADS = 6;

    /** Longer than any test. */
    private static final String TTL_MILLIS = "600000";

    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final PipelinedRedis redis;
    private final PipelinedRedis nobody;
    private final Transactions transactions;
    private final Bulkhead bulkhead = new Bulkhead(LOADS, Integer.MAX_VALUE / 2);
    private final ViewKeys keys = new ViewKeys("", SHARDS, "catalog");

    /** @param nobody a client of a Redis that is not there */
    public RealReads(Vertx vertx, PipelinedRedis redis, PipelinedRedis nobody, Transactions transactions) {
        this.vertx = vertx;
        this.redis = redis;
        this.nobody = nobody;
        this.transactions = transactions;
    }

    public static int shard(TenantId tenant, UUID id) {
        return new EventKey(tenant, id).shard(SHARDS);
    }

    /**
     * A row's name, which says all that the views are made of.
     *
     * @param certain whether all that foreign sources have said of it was understood
     */
    public record Row(boolean deleted, boolean certain, long validUntilMicros, String body) {
        public String name() {
            return (deleted ? "deleted" : certain ? "live" : "uncertain") + "|" + validUntilMicros + "|" + body;
        }

        private static Row of(String name) {
            var words = name.split("\\|", 3);
            return new Row(
                    words[0].equals("deleted"), !words[0].equals("uncertain"), Long.parseLong(words[1]), words[2]);
        }
    }

    /** An entry's place, and that of a row that was read for it. */
    public record Place(String kind, UUID id) {}

    /** That a row was read, how often, and {@code now()} of the last transaction in which it was. */
    public record TableRead(int times, long beganMicros) {
        private TableRead again(TableRead last) {
            return new TableRead(times + last.times, last.beganMicros);
        }
    }

    /**
     * The replica that reads.
     *
     * @param clockMillis what its clock shows
     * @param copy of the generation; null when nobody has looked yet
     * @param layout by which the tables name the generation, and whoever applies foreign topics
     * @param leaseWait how long it waits for what another one reads
     * @param tokenWait how long it waits for what its caller has seen
     */
    public record Setting(
            long clockMillis,
            boolean clockIsWrong,
            boolean redisIsAway,
            @Nullable Generation copy,
            String layout,
            Duration leaseWait,
            Duration tokenWait) {}

    /** For one read at a time, all on one event loop, whose commands reach Redis in the order in which they are sent. */
    public Lane lane() {
        return new Lane();
    }

    /** One of the readers; everything but {@link #on} is to be called in there. */
    public final class Lane {
        private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        private final MeterRegistry meters = new SimpleMeterRegistry();
        private final Map<Place, TableRead> read = new ConcurrentHashMap<>();
        private final Map<String, TableKind> named = new HashMap<>();
        private final Map<Generation, Keyspace> names = new HashMap<>();
        private final ViewKinds kinds;
        private final ViewEntries entries;
        private final ViewEntries away;

        /** What another replica writes by: this one does not wait for the answers. */
        private final ViewEntries others;

        private Map<String, Long> before = Map.of();

        private Lane() {
            for (var kind : List.of(new TableKind(OWN, Set.of(), read), new TableKind(COMPOSED, FOREIGN, read))) {
                named.put(kind.name(), kind);
            }
            kinds = new ViewKinds(List.copyOf(named.values()), new Replica.Events(), new ObjectMapper(), meters);
            entries = new ViewEntries(redis, keys, kinds, Replica.Settings.DEFAULT);
            others = new ViewEntries(redis, keys, kinds, Replica.Settings.DEFAULT);
            away = new ViewEntries(nobody, keys, kinds, Replica.Settings.DEFAULT);
        }

        /** Runs the work on the lane's loop. */
        public <T> Future<T> on(Supplier<Future<T>> work) {
            Promise<T> done = Promise.promise();
            var own = context.duplicate();
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(_ -> work.get().onComplete(done));
            return done.future();
        }

        /** Places the position of a shard. */
        public void place(Generation g, int shard, String position) {
            send("SET", names(g).position(shard, 0), position);
        }

        /** Writes what is there of an entry; null for what is not. */
        public void write(
                Generation g,
                TenantId tenant,
                Place place,
                @Nullable String data,
                @Nullable String floor,
                @Nullable String lease) {
            var keys = keysOf(g, tenant, place);
            if (data != null) {
                send("SET", keys.get(1), data, "PX", TTL_MILLIS);
            }
            if (floor != null) {
                send("SET", keys.get(2), floor);
            }
            if (lease != null) {
                send("SET", keys.get(3), lease, "PX", TTL_MILLIS);
            }
        }

        /** A put of the key has been sent, and is answered when the promise is kept. */
        public Promise<Boolean> putAhead(TenantId tenant, Place place, boolean redisIsAway) {
            Promise<Boolean> answer = Promise.promise();
            var _ = (redisIsAway ? away : entries).pendingPuts().during(key(tenant, place), answer::future);
            return answer;
        }

        /** Another replica puts what it has committed. */
        public Future<Boolean> put(Generation g, TenantId tenant, Place place, Order order, String data) {
            return others.put(names(g), key(tenant, place), order, data.getBytes(UTF_8));
        }

        /** Reads ids by kinds; what was read and counted by then is forgotten. */
        public Future<Map<UUID, List<View>>> read(
                Setting setting,
                TenantId tenant,
                List<UUID> ids,
                List<String> wanted,
                Map<UUID, Order> seen,
                @Nullable Duration maxAge) {
            read.clear();
            names.clear();
            before = counted();
            var orders = new HashMap<AggregateVersions.Aggregate, Order>();
            seen.forEach((id, order) -> orders.put(new AggregateVersions.Aggregate(AGGREGATE.name(), id), order));
            var demand = new Demand(new AggregateVersions(orders), maxAge);
            var some = wanted.stream().<ViewKind<?>>map(named::get).toList();
            var cache = cache(setting);
            Promise<Map<UUID, List<View>>> answer = Promise.promise();
            if (ids.size() == 1) {
                cache.read(tenant, ids.getFirst(), some, demand)
                        .subscribe()
                        .with(views -> answer.complete(Map.of(ids.getFirst(), views)), answer::fail);
            } else {
                cache.readAll(tenant, ids, some, demand).subscribe().with(answer::complete, answer::fail);
            }
            return answer.future();
        }

        private ViewCache cache(Setting setting) {
            var config = Replica.Settings.DEFAULT
                    .loads(LOADS, Integer.MAX_VALUE / 2, LOAD_TIMEOUT)
                    .leaseWait(setting.leaseWait())
                    .tokenWait(setting.tokenWait());
            var clock = new ViewClock(Clock.fixed(Instant.ofEpochMilli(setting.clockMillis()), ZoneOffset.UTC), config);
            if (setting.clockIsWrong()) {
                long now = clock.nowMicros();
                clock.compare(now, now + 2 * SKEW.toNanos() / 1_000, now);
            }
            var generations = new Generations(new GenerationTable(transactions, setting.layout()), keys, kinds);
            if (setting.copy() != null) {
                generations.found(setting.copy());
            }
            var client = setting.redisIsAway() ? nobody : redis;
            var asked = setting.redisIsAway() ? away : entries;
            var loader = new ViewLoader(
                    vertx,
                    kinds,
                    transactions::inTenant,
                    bulkhead,
                    config,
                    client,
                    asked,
                    new SourceWatermarkTable(Applying.sources(setting.layout(), FOREIGN), new Replica.Events()),
                    new FillLeases(kinds, asked, config),
                    new HintEntries(client, keys, config));
            return new ViewCache(vertx, kinds, keys, generations, asked, loader, clock, config);
        }

        /** What was read from the tables for the last call. */
        public Map<Place, TableRead> readFromTables() {
            return Map.copyOf(read);
        }

        /** How many views of which kind were found, not found or not looked for by the last call, and why. */
        public Map<String, Long> counts() {
            var counts = new TreeMap<String, Long>();
            counted().forEach((name, count) -> {
                long since = count - before.getOrDefault(name, 0L);
                if (since > 0) {
                    counts.put(name, since);
                }
            });
            return counts;
        }

        private Map<String, Long> counted() {
            var counts = new HashMap<String, Long>();
            for (var counter : meters.find("souk.view.reads").counters()) {
                var id = counter.getId();
                counts.put((id.getTag("kind") + " " + id.getTag("outcome") + " " + id.getTag("why")).strip(), (long)
                        counter.count());
            }
            return counts;
        }

        /** How often what had come since a reader's look was found when it asked for the lease. */
        public long found() {
            return (long) meters.find("souk.view.leases").tag("outcome", "filled").counters().stream()
                    .mapToDouble(counter -> counter.count())
                    .sum();
        }

        /** Position, data, floor and lease of an entry, with nulls for those that are missing. */
        public Future<List<@Nullable String>> look(Generation g, TenantId tenant, Place place) {
            return redis.send(RedisClients.command(
                            "MGET", keysOf(g, tenant, place).toArray()))
                    .map(reply -> {
                        var found = new ArrayList<@Nullable String>();
                        if (reply instanceof Reply.Many(var items)) {
                            items.forEach(item -> found.add(item instanceof Reply.Bulk bulk ? bulk.text() : null));
                        }
                        return found;
                    });
        }

        private List<byte[]> keysOf(Generation g, TenantId tenant, Place place) {
            var names = names(g);
            var kind = kinds.named(place.kind());
            var name = ViewKeys.name(tenant, place.id());
            int shard = shard(tenant, place.id());
            return List.of(
                    names.position(shard, 0),
                    ViewKeys.key(names.data(shard), kind.keyPart(), name),
                    ViewKeys.key(names.floor(shard), kind.keyPart(), name),
                    ViewKeys.key(names.lease(shard), kind.keyPart(), name));
        }

        private Keyspace names(Generation g) {
            return names.computeIfAbsent(g, _ -> keys.of(g, kinds.sources()));
        }

        private void send(String name, Object... arguments) {
            redis.send(RedisClients.command(name, arguments)).onFailure(context::reportException);
        }

        private static ViewKey key(TenantId tenant, Place place) {
            return new ViewKey(place.kind(), tenant, place.id());
        }
    }

    /** A kind of views of things. */
    private record TableKind(String name, Set<AggregateType> foreign, Map<Place, TableRead> read)
            implements ViewKind<Row> {
        private static final String SELECT =
                "select id, version, name from thing where tenant = $1 and id = any($2::uuid[])";

        @Override
        public AggregateType source() {
            return AGGREGATE;
        }

        @Override
        public Class<Row> stateType() {
            return Row.class;
        }

        @Override
        public Duration ttl() {
            return Duration.ofMinutes(10);
        }

        @Override
        public boolean isCertain(Row row) {
            return row.certain();
        }

        @Override
        public @Nullable Instant validUntil(Row row) {
            return row.validUntilMicros() == Freshness.FOR_EVER
                    ? null
                    : Instant.EPOCH.plus(row.validUntilMicros(), ChronoUnit.MICROS);
        }

        @Override
        public byte[] render(Row row) {
            return row.body().getBytes(UTF_8);
        }

        @Override
        public Uni<Map<UUID, StateAt<Row>>> load(Tx tx, Collection<UUID> ids) {
            return tx.sql()
                    .preparedQuery(SELECT)
                    .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                    .map(rows -> {
                        ids.forEach(id ->
                                read.merge(new Place(name, id), new TableRead(1, tx.beganMicros()), TableRead::again));
                        Map<UUID, StateAt<Row>> found = new HashMap<>();
                        rows.forEach(row -> {
                            var said = Row.of(row.getString("name"));
                            found.put(
                                    row.getUUID("id"),
                                    new StateAt<>(
                                            new Order(EPOCH, row.getLong("version")), said.deleted() ? null : said));
                        });
                        return found;
                    });
        }

        @Override
        public Uni<Void> lock(Tx tx, Collection<UUID> ids) {
            return Uni.createFrom().failure(new AssertionError("no reader locks"));
        }

        @Override
        public Object event(Row row) {
            return row;
        }

        @Override
        public Map<LookupKind, Set<String>> hints(Row row) {
            return Map.of();
        }
    }
}
