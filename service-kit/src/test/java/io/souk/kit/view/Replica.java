package io.souk.kit.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.Change;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.CommittedChange;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TxWithoutDatabase;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One replica's cache, put together as in a service, over a shelf. */
final class Replica implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Shelf shelf;
    final Shelf second;
    final PipelinedRedis redis;
    final ViewKeys keys;
    final ViewKinds kinds;
    final ViewEntries entries;
    final Bulkhead bulkhead;
    final ViewCache cache;
    final Lookups lookups;
    final WriteThrough writeThrough;
    final ViewUpdaters updaters;
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
            Duration absence,
            Duration lookupAbsence)
            implements ViewConfig {
        static final Settings DEFAULT = new Settings(
                true,
                16,
                10,
                500,
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));

        Settings loads(int running, int waiting, Duration timeout) {
            return new Settings(
                    writeThrough, writeThroughMax, running, waiting, timeout, leaseWait, absence, lookupAbsence);
        }

        Settings leaseWait(Duration wait) {
            return new Settings(
                    writeThrough, writeThroughMax, loads, waitingLoads, loadTimeout, wait, absence, lookupAbsence);
        }
    }

    private record Events() implements EventsConfig {
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
        public Duration deadLetterRetention() {
            return Duration.ofHours(1);
        }

        @Override
        public int epoch() {
            return 1;
        }
    }

    Replica(Vertx vertx, RedisConfig redisConfig, ViewConfig config, Shelf shelf, Shelf second) {
        this.shelf = shelf;
        this.second = second;
        redis = RedisClients.client(vertx, redisConfig, meters);
        keys = new ViewKeys(redisConfig, new Events(), "catalog");
        kinds = new ViewKinds(List.of(shelf, second), new ObjectMapper(), meters);
        entries = new ViewEntries(redis, keys, config);
        bulkhead = new Bulkhead(config, meters);
        var hints = new HintEntries(redis, keys, config);
        var loader = new ViewLoader(
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
                new FillLeases(kinds, entries, config),
                hints);
        cache = new ViewCache(kinds, keys, entries, loader);
        lookups = new Lookups(vertx, redis, hints, bulkhead, config);
        writeThrough = new WriteThrough(kinds, config, entries, loader, hints, lookups, redis);
        updaters = new ViewUpdaters(kinds, entries, loader, hints, redis, redisConfig);
    }

    @Override
    public void close() {
        RedisClients.close(redis);
    }

    /** What a reader is given: the JSON, {@code gone} or {@code absent}. */
    String read(TenantId tenant, UUID id) {
        return cache.read(tenant, id, List.of(shelf))
                .map(views -> text(views.getFirst()))
                .await()
                .atMost(PATIENCE);
    }

    Map<UUID, List<String>> readAll(TenantId tenant, Collection<UUID> ids) {
        return cache.readAll(tenant, ids, List.of(shelf, second)).await().atMost(PATIENCE).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> one.getValue().stream().map(Replica::text).toList()));
    }

    static String text(View view) {
        return switch (view) {
            case View.Live(var _, var json) -> json.toString(UTF_8);
            case View.Gone _ -> "gone";
            case View.Absent _ -> "absent";
        };
    }

    /** Tells this replica of a commit, as the outbox does. */
    void committed(TenantId tenant, UUID id, Order order, String name) {
        writeThrough.committed(tenant, List.of(change(id, order, name)));
    }

    /** A row that is written, and its change. */
    CommittedChange change(TenantId tenant, UUID id, String name) {
        return change(id, shelf.write(tenant, id, name), name);
    }

    private static CommittedChange change(UUID id, Order order, String name) {
        var json = "{\"id\":\"%s\",\"version\":%d,\"name\":\"%s\",\"changed\":[\"name\"]}"
                .formatted(id, order.version(), name);
        return new CommittedChange(
                Change.changed(Shelf.BOOK, id, order.version(), Map.of()), order, json.getBytes(UTF_8));
    }

    void deleted(TenantId tenant, UUID id, Order order) {
        writeThrough.committed(
                tenant,
                List.of(new CommittedChange(
                        Change.deleted(Shelf.BOOK, id, order.version()), order, "{}".getBytes(UTF_8))));
    }

    /** Delivers events of the shelf to its updater. */
    void apply(TenantId tenant, List<ChangeEvent<Shelf.Book>> events) {
        updater().apply(tenant, events).await().atMost(PATIENCE);
    }

    /** Tells the shelf's updater that an event goes to the dead letters. */
    void giveUp(TenantId tenant, UUID id, Order order) {
        updater().doubt(new EventKey(tenant, id), order).await().atMost(PATIENCE);
    }

    @SuppressWarnings("unchecked") // of that name there is one, and it is the shelf's
    private EventConsumer<Shelf.Book> updater() {
        return (EventConsumer<Shelf.Book>) updaters.consumers().stream()
                .filter(consumer -> consumer.name().equals("views-" + shelf.name()))
                .findFirst()
                .orElseThrow();
    }

    static ChangeEvent<Shelf.Book> event(TenantId tenant, UUID id, Order order, String name) {
        return new ChangeEvent.Changed<>(envelope(tenant, id, order), new Shelf.Book(id, order.version(), name));
    }

    static ChangeEvent<Shelf.Book> deletedEvent(TenantId tenant, UUID id, Order order) {
        return new ChangeEvent.Deleted<>(envelope(tenant, id, order));
    }

    private static Envelope envelope(TenantId tenant, UUID id, Order order) {
        return new Envelope(Ids.next(), Shelf.BOOK, tenant, id, order, Instant.now(), null, null);
    }

    double leases(String outcome) {
        return meters.get("souk.view.leases")
                .tags("kind", "book", "outcome", outcome)
                .counter()
                .count();
    }

    double count(String kind, String outcome) {
        return meters.get("souk.view.reads")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
