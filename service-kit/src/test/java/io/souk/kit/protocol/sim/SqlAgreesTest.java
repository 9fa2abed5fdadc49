package io.souk.kit.protocol.sim;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.protocol.sim.Database.OutboxRow;
import io.souk.kit.protocol.sim.RealTables.Waiting;
import io.souk.kit.tenant.TransactionFailure;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements of relays and source readers do on a real PostgreSQL what the model does that the simulator proves the protocol
 * with. Each sequence is one transaction that is rolled back, so nobody else sees it.
 */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class SqlAgreesTest {
    private static final int SEQUENCES = 10_000;
    private static final int STEPS = 20;
    private static final int AT_A_TIME = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** No relay of the application leads any as high. */
    private static final int FIRST_SHARD = 1_000_000;

    private static final int TENANTS = 3;
    private static final int PARTITIONS = 2;

    @Inject
    Transactions transactions;

    /** A seed that fails is in the message, with what was done. */
    @Test
    void givenGeneratedSequences_thenAnswersAndTablesAreThoseOfTheModel() {
        long first = Long.getLong("souk.sim.seed", 0);
        Multi.createFrom()
                .range(0, SEQUENCES)
                .onItem()
                .transformToUni(i -> rolledBack(first + i))
                .merge(AT_A_TIME)
                .onItem()
                .ignoreAsUni()
                .await()
                .atMost(PATIENCE);
    }

    private static final class RolledBack extends RuntimeException {
        RolledBack() {
            super("on purpose", null, false, false);
        }
    }

    private Uni<Void> rolledBack(long seed) {
        return transactions
                .<Void>asWorker(sql -> new Sequence(seed, sql)
                        .run()
                        .chain(() -> Uni.createFrom().failure(new RolledBack())))
                .onFailure(RolledBack.class)
                .recoverWithNull()
                .onFailure(TransactionFailure.NoConnection.class) // the application's own work needs some too
                .retry()
                .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(1))
                .atMost(20);
    }

    private enum Step {
        APPEND,
        READ,
        DELETE,
        TAKE,
        KEEP,
        GIVE_UP,
        EXPIRE,
        MOVE
    }

    private static final class Sequence {
        private static final Step[] OFTEN = {
            Step.APPEND,
            Step.APPEND,
            Step.APPEND,
            Step.READ,
            Step.READ,
            Step.DELETE,
            Step.DELETE,
            Step.TAKE,
            Step.TAKE,
            Step.TAKE,
            Step.KEEP,
            Step.GIVE_UP,
            Step.EXPIRE,
            Step.MOVE,
            Step.MOVE,
            Step.MOVE
        };

        private final long seed;
        private final Dice dice;
        private final RealTables real;
        private final Database model = new Database(TENANTS, PARTITIONS, new Generation(Ids.next()));
        private final UUID[] replicas = {Ids.next(), Ids.next()};
        private final List<UUID> terms = new ArrayList<>(List.of(Ids.next()));
        private final Map<UUID, OutboxRow> ids = new HashMap<>();
        private final long[] versions = new long[TENANTS];
        private final List<String> said = new ArrayList<>();
        private List<Waiting> read = List.of();
        private long now = 1;

        Sequence(long seed, SqlConnection sql) {
            this.seed = seed;
            dice = new Dice(seed);
            real = new RealTables(sql, FIRST_SHARD + (int) (seed % SEQUENCES));
        }

        Uni<Void> run() {
            return Multi.createFrom()
                    .range(0, STEPS)
                    .onItem()
                    .transformToUniAndConcatenate(_ -> take(OFTEN[dice.below(OFTEN.length)]))
                    .onItem()
                    .ignoreAsUni();
        }

        private Uni<Void> take(Step step) {
            now++;
            return switch (step) {
                case APPEND -> append();
                case READ -> read();
                case DELETE -> delete();
                case TAKE -> {
                    var replica = replicas[dice.below(replicas.length)];
                    terms.add(Ids.next());
                    yield same(
                            "take",
                            model.takeLease(replica, terms.getLast(), now, Long.MAX_VALUE),
                            real.takeLease(replica, terms.getLast()));
                }
                case KEEP -> {
                    var term = anyTerm();
                    yield same("keep", model.keepLease(term, Long.MAX_VALUE), real.keepLease(term));
                }
                case GIVE_UP -> {
                    var term = anyTerm();
                    model.giveLeaseUp(term);
                    yield done("give up", real.giveLeaseUp(term));
                }
                case EXPIRE -> {
                    model.leaseUntil = 0;
                    yield done("expire", real.expire());
                }
                case MOVE -> move();
            };
        }

        /** A present one as a rule. */
        private UUID anyTerm() {
            return dice.oneIn(3) ? terms.get(dice.below(terms.size())) : terms.getLast();
        }

        private Uni<Void> append() {
            int tenant = dice.below(TENANTS);
            var order = new Order(1, ++versions[tenant]);
            var event = new Event(tenant, order, Event.Kind.LIVE, State.NONE, Long.MAX_VALUE, now, false);
            var row = new OutboxRow(model.nextSeq(), event);
            model.outbox.put(row.seq(), row);
            var id = Ids.next();
            ids.put(id, row);
            return done("append " + row, real.append(id, name(tenant), order));
        }

        private Uni<Void> read() {
            int served = dice.below(TENANTS + 1) - 1;
            int most = dice.between(1, 8);
            var expected = inTurn(served, most);
            return real.next(served < 0 ? "" : name(served), most)
                    .invoke(found -> read = found)
                    .chain(found -> same(
                            "read %d behind %d".formatted(most, served),
                            expected,
                            Uni.createFrom()
                                    .item(found.stream()
                                            .map(row -> ids.get(row.id()))
                                            .toList())));
        }

        /** Tenants in turn behind the one that was served last, each one's rows by seq and no more than its share. */
        private List<OutboxRow> inTurn(int served, int most) {
            var queues = IntStream.rangeClosed(served + 1, served + TENANTS)
                    .map(turn -> turn % TENANTS)
                    .distinct()
                    .mapToObj(tenant -> model.outbox.values().stream()
                            .filter(row -> row.event().key() == tenant)
                            .toList())
                    .filter(queue -> !queue.isEmpty())
                    .limit(most)
                    .toList();
            int share = queues.isEmpty() ? 0 : Math.max(1, most / queues.size());
            var rows = new ArrayList<OutboxRow>();
            for (int round = 0; round < share; round++) {
                for (var queue : queues) {
                    if (round < queue.size()) {
                        rows.add(queue.get(round));
                    }
                }
            }
            return rows;
        }

        private Uni<Void> delete() {
            var sent = read.subList(0, dice.below(read.size() + 1));
            var term = anyTerm();
            boolean held = model.delete(sent.stream().map(this::row).toList(), term);
            return same("delete " + sent.size(), held, real.delete(sent, term))
                    .chain(() -> real.next("", 100))
                    .chain(left -> same(
                            "left",
                            List.copyOf(model.outbox.keySet()),
                            Uni.createFrom()
                                    .item(left.stream()
                                            .map(row -> row(row).seq())
                                            .sorted()
                                            .toList())));
        }

        private OutboxRow row(Waiting row) {
            return Objects.requireNonNull(ids.get(row.id()));
        }

        private Uni<Void> move() {
            int partition = dice.below(PARTITIONS);
            var before = dice.oneIn(4) ? new Position(dice.below(4), Watermarks.NONE) : model.source[partition];
            var after = new Position(before.offset() + dice.between(1, 3), Watermarks.own(dice.below(9)));
            boolean moves = model.isAt(partition, before);
            if (moves) {
                model.source[partition] = after;
            }
            return same(
                            "move %d from %s to %s".formatted(partition, before, after),
                            moves,
                            real.move(partition, before, after))
                    .chain(() -> same("positions", known(), real.positions()));
        }

        private Map<Integer, Position> known() {
            var known = new TreeMap<Integer, Position>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (model.source[partition].offset() != Position.BEFORE_START) {
                    known.put(partition, model.source[partition]);
                }
            }
            return known;
        }

        private Uni<Void> done(String what, Uni<Void> command) {
            said.add(what);
            return command;
        }

        private <T> Uni<Void> same(String what, T models, Uni<T> reals) {
            said.add(what + " -> " + models);
            return reals.invoke(found ->
                            assertThat(found).as("seed %d: %s", seed, said).isEqualTo(models))
                    .replaceWithVoid();
        }

        private static String name(int tenant) {
            return "tenant" + tenant;
        }
    }
}
