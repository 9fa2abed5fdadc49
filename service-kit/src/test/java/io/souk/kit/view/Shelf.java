package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A kind of view and a kind of lookup over a table that lies in memory: books with a name, an empty one for a draft. */
final class Shelf implements ViewKind<Shelf.Book> {
    static final AggregateType BOOK = new AggregateType("catalog", "book");

    record Book(UUID id, long version, String name) {}

    private record Row(TenantId tenant, UUID id) {}

    /** What else the replicas of a service find in their database. */
    final Tables tables = new Tables();

    /** The foreign aggregates whose state is said to be in the books; to be set before a replica is made. */
    volatile Set<AggregateType> foreign = Set.of();

    /** Until when every book's JSON is right. */
    volatile @Nullable Instant validUntil;

    /** Statements begun. */
    final AtomicInteger loads = new AtomicInteger();

    /** Ids asked for, by all statements. */
    final AtomicInteger asked = new AtomicInteger();

    /** Statements that have seen the table. */
    final AtomicInteger seen = new AtomicInteger();

    final ByName byName = new ByName();
    private final String name;
    private final AggregateType source;
    private final Map<Row, StateAt<Book>> table = new ConcurrentHashMap<>();

    /** What a load waits for before it looks. */
    volatile Supplier<Uni<Void>> before = () -> Uni.createFrom().voidItem();

    /** What a load waits for after it has looked. */
    volatile Supplier<Uni<Void>> after = () -> Uni.createFrom().voidItem();

    Shelf(String name) {
        this(name, BOOK);
    }

    /** @param source whose events carry the books */
    Shelf(String name, AggregateType source) {
        this.name = name;
        this.source = source;
    }

    final class ByName implements LookupKind {
        final AtomicInteger looks = new AtomicInteger();

        @Override
        public String name() {
            return "book-name";
        }

        @Override
        public Duration ttl() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Uni<Map<String, UUID>> load(TenantId tenant, Collection<String> keys) {
            looks.incrementAndGet();
            return before.get().map(_ -> owners(tenant, keys));
        }

        private Map<String, UUID> owners(TenantId tenant, Collection<String> keys) {
            var found = new HashMap<String, UUID>();
            table.forEach((row, at) -> {
                if (row.tenant().equals(tenant)
                        && at.state() != null
                        && keys.contains(at.state().name())) {
                    found.put(at.state().name(), row.id());
                }
            });
            return found;
        }
    }

    static final class Tables implements GenerationStore, SourceWatermarks {
        private final AtomicReference<Generation> generation = new AtomicReference<>(new Generation(Ids.next()));

        /** Times that a reader asked for the generation. */
        final AtomicInteger doubts = new AtomicInteger();

        /** How far the foreign topics are applied. */
        volatile Map<String, Long> applied = Map.of();

        Generation generation() {
            return generation.get();
        }

        @Override
        public Uni<@Nullable Generation> find(TenantId tenant) {
            return Uni.createFrom().item(() -> {
                doubts.incrementAndGet();
                return generation.get();
            });
        }

        @Override
        public Uni<Seen> look() {
            return Uni.createFrom().item(() -> new Seen(generation.get(), System.currentTimeMillis() * 1_000));
        }

        @Override
        public Uni<Boolean> replace(Generation lost, Generation fresh) {
            return Uni.createFrom().item(() -> {
                var present = generation.get();
                return present.equals(lost) && generation.compareAndSet(present, fresh);
            });
        }

        @Override
        public Uni<Void> reserve(Generation built) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Set<Generation>> kept() {
            return Uni.createFrom().item(() -> Set.of(generation.get()));
        }

        @Override
        public Uni<Watermarks> applied(Tx tx, Set<String> topics) {
            return Uni.createFrom().item(() -> new Watermarks(0, applied));
        }
    }

    @Override
    public Set<AggregateType> foreign() {
        return foreign;
    }

    @Override
    public @Nullable Instant validUntil(Book book) {
        return validUntil;
    }

    Order write(TenantId tenant, UUID id, @Nullable String name) {
        var row = new Row(tenant, id);
        var before = table.get(row);
        var order = new Order(1, before == null ? 1 : before.order().version() + 1);
        table.put(row, new StateAt<>(order, name == null ? null : new Book(id, order.version(), name)));
        return order;
    }

    Book book(TenantId tenant, UUID id) {
        return java.util.Objects.requireNonNull(
                java.util.Objects.requireNonNull(table.get(new Row(tenant, id))).state());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AggregateType source() {
        return source;
    }

    @Override
    public Class<Book> stateType() {
        return Book.class;
    }

    @Override
    public Duration ttl() {
        return Duration.ofMinutes(10);
    }

    @Override
    public byte @Nullable [] render(Book book) {
        if (book.name().equals("unprintable")) {
            throw new IllegalStateException("cannot be rendered");
        }
        return book.name().isEmpty() ? null : json(book.name(), book.version()).getBytes(UTF_8);
    }

    static String json(String name, long version) {
        return "{\"name\":\"%s\",\"version\":%d}".formatted(name, version);
    }

    /** Nobody is kept from the table in memory, which no auditor looks at. */
    @Override
    public Uni<Void> lock(Tx tx, Collection<UUID> ids) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Object event(Book book) {
        return book;
    }

    @Override
    public Uni<Map<UUID, StateAt<Book>>> load(Tx tx, Collection<UUID> ids) {
        loads.incrementAndGet();
        asked.addAndGet(ids.size());
        return before.get()
                .map(_ -> rows(tx.tenant(), ids))
                .invoke(_ -> seen.incrementAndGet())
                .call(() -> after.get());
    }

    private Map<UUID, StateAt<Book>> rows(TenantId tenant, Collection<UUID> ids) {
        var rows = new HashMap<UUID, StateAt<Book>>();
        for (var id : ids) {
            var at = table.get(new Row(tenant, id));
            if (at != null) {
                rows.put(id, at);
            }
        }
        return rows;
    }

    @Override
    public Map<LookupKind, Set<String>> hints(Book book) {
        return Map.of(byName, Set.of(book.name()));
    }
}
