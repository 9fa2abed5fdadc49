package io.souk.kit.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.souk.kit.consumer.ReaderMetrics;
import io.souk.kit.consumer.ReaderThread;
import io.souk.kit.consumer.ReadersConfig;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Order;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.CommittedChange;
import io.souk.kit.protocol.Following;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterRules;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.redis.RedisUnavailable;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TxWithoutDatabase;
import io.vertx.core.Vertx;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** One replica's cache, put together as in a service, over a shelf. */
final class Replica implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Longer than any test takes. */
    static final Duration FAR_AHEAD = Duration.ofHours(1);

    final Shelf shelf;
    final GenerationStore store;
    final PipelinedRedis redis;
    final ViewKeys keys;
    final ViewKinds kinds;
    final ViewEntries entries;
    final Bulkhead bulkhead;
    final ViewCache cache;
    private final List<ViewKind<?>> all;
    final Lookups lookups;
    final WriteThrough writeThrough;
    final Generations generations;
    final AppliedLog log;
    final ViewClock clock;
    private final EntryMaker maker;
    private final ViewLoader loader;
    private final HintEntries hints;
    private final int slice;
    private final UpdaterMetrics updaterMetrics;

    /** Transactions in which views were read. */
    final AtomicInteger transactions = new AtomicInteger();

    final MeterRegistry meters = new SimpleMeterRegistry();

    record Settings(
            boolean writeThrough,
            int writeThroughMax,
            int loads,
            int waitingLoads,
            Duration loadTimeout,
            Duration leaseWait,
            Duration bound,
            Duration clockSkew,
            Duration tokenWait,
            Duration absence,
            Duration lookupAbsence)
            implements ViewConfig {
        static final Settings DEFAULT = new Settings(
                true,
                16,
                10,
                500,
                Duration.ofSeconds(20),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1));

        Settings loads(int running, int waiting, Duration timeout) {
            return new Settings(
                    writeThrough,
                    writeThroughMax,
                    running,
                    waiting,
                    timeout,
                    leaseWait,
                    bound,
                    clockSkew,
                    tokenWait,
                    absence,
                    lookupAbsence);
        }

        Settings leaseWait(Duration wait) {
            return new Settings(
                    writeThrough,
                    writeThroughMax,
                    loads,
                    waitingLoads,
                    loadTimeout,
                    wait,
                    bound,
                    clockSkew,
                    tokenWait,
                    absence,
                    lookupAbsence);
        }

        Settings tokenWait(Duration wait) {
            return new Settings(
                    writeThrough,
                    writeThroughMax,
                    loads,
                    waitingLoads,
                    loadTimeout,
                    leaseWait,
                    bound,
                    clockSkew,
                    wait,
                    absence,
                    lookupAbsence);
        }
    }

    private static final UpdaterRules RULES = new UpdaterRules(Duration.ofHours(1), Duration.ofSeconds(1));

    record Events() implements EventsConfig {
        @Override
        public String topicPrefix() {
            return "souk";
        }

        @Override
        public int partitions() {
            return 8;
        }

        @Override
        public short replication() {
            return 1;
        }

        @Override
        public Duration compactionLag() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration tombstoneRetention() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration deadLetterRetention() {
            return Duration.ofHours(1);
        }

        @Override
        public int epoch() {
            return 1;
        }
    }

    Replica(Vertx vertx, RedisConfig redisConfig, ViewConfig config, Shelf shelf, Shelf second) {
        this(vertx, redisConfig, new Events(), config, shelf, List.of(shelf, second), shelf.tables, Clock.systemUTC());
    }

    /** @param store of the shelf's tables, or of real ones */
    Replica(
            Vertx vertx,
            RedisConfig redisConfig,
            EventsConfig events,
            ViewConfig config,
            Shelf shelf,
            List<ViewKind<?>> all,
            GenerationStore store,
            Clock wall) {
        this.store = store;
        this.shelf = shelf;
        redis = RedisClients.client(vertx, redisConfig, meters);
        this.all = all;
        keys = new ViewKeys(redisConfig, events, "catalog");
        kinds = new ViewKinds(all, events, new ObjectMapper(), meters);
        generations = new Generations(store, keys, kinds);
        log = new AppliedLog(redis);
        clock = new ViewClock(wall, config);
        maker = new EntryMaker(kinds);
        updaterMetrics = new UpdaterMetrics(meters);
        slice = Math.max(1, redisConfig.inFlight() / 2);
        entries = new ViewEntries(redis, keys, kinds, config);
        bulkhead = new Bulkhead(config, meters);
        hints = new HintEntries(redis, keys, config);
        loader = new ViewLoader(
                vertx,
                kinds,
                (tenant, work) -> {
                    transactions.incrementAndGet();
                    return work.apply(TxWithoutDatabase.of(tenant));
                },
                bulkhead,
                config,
                redis,
                entries,
                shelf.tables,
                new FillLeases(kinds, entries, config),
                hints);
        cache = new ViewCache(vertx, kinds, keys, generations, entries, loader, clock, config);
        lookups = new Lookups(vertx, redis, generations, hints, bulkhead, config);
        writeThrough = new WriteThrough(kinds, config, entries, loader, hints, lookups, redis);
    }

    /** The names in the service's generation. */
    Keyspace names() {
        return generations.names(shelf.tables.generation());
    }

    /** Begins a generation as an updater does when the one before is lost, proven for as long as a test takes. */
    void newGeneration() {
        var fresh = new Generation(Ids.next());
        place(fresh, FAR_AHEAD);
        shelf.tables.replace(shelf.tables.generation(), fresh).await().atMost(PATIENCE);
        generations.found(fresh);
    }

    /** Says in every slot that all is applied of the own commits up to a moment, and of the foreign ones too. */
    void place(Generation generation, Duration fromNow) {
        var names = generations.names(generation);
        for (int shard = 0; shard < keys.shards(); shard++) {
            RedisClients.await(log.place(names, 0, shard, new Position(0, watermarks(fromNow))));
        }
    }

    private Watermarks watermarks(Duration fromNow) {
        long micros = clock.nowMicros() + fromNow.toMillis() * 1_000;
        return new Watermarks(micros, Map.of("souk.inventory.stock", micros));
    }

    @Override
    public void close() {
        RedisClients.close(redis);
    }

    /** What a reader is given: the JSON, {@code gone} or {@code absent}. */
    String read(TenantId tenant, UUID id) {
        return text(view(tenant, id, Demand.NONE));
    }

    View view(TenantId tenant, UUID id, Demand demand) {
        return cache.read(tenant, id, List.of(shelf), demand)
                .await()
                .atMost(PATIENCE)
                .getFirst();
    }

    Map<UUID, List<String>> readAll(TenantId tenant, Collection<UUID> ids) {
        return cache.readAll(tenant, ids, all, Demand.NONE).await().atMost(PATIENCE).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> one.getValue().stream().map(Replica::text).toList()));
    }

    static String text(View view) {
        return switch (view) {
            case View.Live live -> live.json().toString(UTF_8);
            case View.Gone _ -> "gone";
            case View.Absent _ -> "absent";
        };
    }

    /** Tells this replica of a commit, as the outbox does. */
    void committed(TenantId tenant, UUID id, Order order, String name) {
        committed(tenant, List.of(change(id, order, name)));
    }

    void committed(TenantId tenant, List<CommittedChange> changes) {
        writeThrough.committed(tenant, changes, names(), clock.nowMicros());
    }

    /** A row that is written, and its change. */
    CommittedChange change(TenantId tenant, UUID id, String name) {
        return change(id, shelf.write(tenant, id, name), name);
    }

    private static CommittedChange change(UUID id, Order order, String name) {
        var json = "{\"id\":\"%s\",\"version\":%d,\"name\":\"%s\",\"changed\":[\"name\"]}"
                .formatted(id, order.version(), name);
        return new CommittedChange(
                Ids.next(), Change.changed(Shelf.BOOK, id, order.version(), Map.of()), order, json.getBytes(UTF_8));
    }

    void deleted(TenantId tenant, UUID id, Order order) {
        committed(
                tenant,
                List.of(new CommittedChange(
                        Ids.next(), Change.deleted(Shelf.BOOK, id, order.version()), order, "{}".getBytes(UTF_8))));
    }

    /** Lets an updater apply events of the shelf behind where it stands. */
    void apply(TenantId tenant, List<ChangeEvent<Shelf.Book>> events) {
        assertThat(tryToApply(tenant, events))
                .allSatisfy(step -> assertThat(step).isInstanceOf(UpdaterStep.Poll.class));
    }

    /** What the updaters of their shards do next. */
    List<UpdaterStep<EntryUpdate>> tryToApply(TenantId tenant, List<ChangeEvent<Shelf.Book>> events) {
        var byShard = events.stream()
                .collect(Collectors.groupingBy(
                        event -> new EventKey(tenant, event.envelope().aggregateId()).shard(keys.shards())));
        var feeds = new ArrayList<ShardFeed>();
        byShard.forEach((shard, some) -> feeds.add(feed(shard, some)));
        updater().run(new MockConsumer<>("none"), feeds);
        return feeds.stream().map(ShardFeed::next).toList();
    }

    private ShardFeed feed(int shard, List<ChangeEvent<Shelf.Book>> events) {
        var position = position(shard);
        var logged = new ArrayList<Logged<EntryUpdate>>();
        for (var event : events) {
            logged.add(new Logged<>(position.offset() + 1 + logged.size(), new LogRecord.Change<>(update(event))));
        }
        var following = new Following(RULES, shelf.tables.generation(), true, clock.nowMicros());
        return new ShardFeed(
                new TopicPartition("souk.catalog.book", shard),
                0,
                new UpdaterStep.Apply<>(following, position, logged),
                Duration.ofSeconds(1));
    }

    private Position position(int shard) {
        try {
            var found = RedisClients.await(log.position(names(), 0, shard));
            return Objects.requireNonNull(found);
        } catch (RedisUnavailable _) {
            return Position.START;
        }
    }

    private EntryUpdate update(ChangeEvent<Shelf.Book> event) {
        var envelope = event.envelope();
        var json = event instanceof ChangeEvent.Changed<Shelf.Book>(var _, var book)
                ? "{\"id\":\"%s\",\"version\":%d,\"name\":\"%s\"}".formatted(book.id(), book.version(), book.name())
                : null;
        return maker.of(
                Shelf.BOOK,
                new EventKey(envelope.tenant(), envelope.aggregateId()),
                envelope.order(),
                envelope.occurredAt(),
                json == null ? null : json.getBytes(UTF_8));
    }

    private UpdaterWork updater() {
        return work(
                _ -> "souk.catalog.book",
                (_, _, _) -> CompletableFuture.failedFuture(new AssertionError("nothing is to be buried")),
                new EventHealth());
    }

    private UpdaterWork work(Function<AggregateType, String> topics, UpdaterWork.Grave grave, EventHealth health) {
        var tools = new UpdaterWork.Tools(
                store, generations, log, grave, health, clock, updaterMetrics, kinds, topics, keys.shards(), slice);
        return new UpdaterWork("views", tools, Duration.ofMillis(100), (names, update) -> {
            var key = update.key();
            update.entries().forEach(made -> loader.changed(made.kind(), key.tenant(), key.aggregateId()));
            return hints.put(redis.background(), names, key.tenant(), key.aggregateId(), update.hints());
        });
    }

    /** The updater as a service runs it; to be started and stopped. */
    ReaderThread updater(
            Topics topics,
            Map<String, Object> kafka,
            UpdaterWork.Grave grave,
            EventHealth health,
            ReadersConfig config) {
        var rules = new UpdaterRules(Duration.ofHours(1), Duration.ofMillis(100));
        var updater = new CacheUpdater(
                kafka,
                rules,
                new LogFeed.Tools(kinds, maker, clock, topics, Duration.ofMillis(50), Duration.ofMillis(200)),
                work(topics::of, grave, health),
                health,
                new ReaderMetrics(meters, "views"));
        return new ReaderThread(updater, config, health);
    }

    double counted(String name) {
        return meters.get(name).counter().count();
    }

    static ChangeEvent<Shelf.Book> event(TenantId tenant, UUID id, Order order, String name) {
        return new ChangeEvent.Changed<>(envelope(tenant, id, order), new Shelf.Book(id, order.version(), name));
    }

    /** Of a change that was written at another time. */
    static ChangeEvent<Shelf.Book> event(TenantId tenant, UUID id, Order order, String name, Instant at) {
        return new ChangeEvent.Changed<>(envelope(tenant, id, order, at), new Shelf.Book(id, order.version(), name));
    }

    static ChangeEvent<Shelf.Book> deletedEvent(TenantId tenant, UUID id, Order order) {
        return new ChangeEvent.Deleted<>(envelope(tenant, id, order));
    }

    private static Envelope envelope(TenantId tenant, UUID id, Order order) {
        return envelope(tenant, id, order, Instant.now());
    }

    private static Envelope envelope(TenantId tenant, UUID id, Order order, Instant at) {
        return new Envelope(Ids.next(), Shelf.BOOK, tenant, id, order, at, null, null);
    }

    double leases(String outcome) {
        return meters.get("souk.view.leases")
                .tags("kind", "book", "outcome", outcome)
                .counter()
                .count();
    }

    double count(String kind, String outcome) {
        return meters.get("souk.view.reads").tag("kind", kind).tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Misses for one reason. */
    double missed(String why) {
        return meters.get("souk.view.reads")
                .tags("kind", shelf.name(), "outcome", "miss", "why", why)
                .counter()
                .count();
    }
}
