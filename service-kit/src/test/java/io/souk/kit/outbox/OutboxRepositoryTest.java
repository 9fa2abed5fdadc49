package io.souk.kit.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.ForeignSources.ForeignSource;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Backlog;
import io.souk.kit.protocol.Mark;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Database;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(RelayTest.WithoutRelay.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class OutboxRepositoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHARDS = 4;
    private static final int SHARD = 2;
    private static final List<ForeignSource> FOREIGN = List.of(
            new ForeignSource("stock", "souk.inventory.stock"),
            new ForeignSource("more-stock", "souk.inventory.stock"),
            new ForeignSource("orders", "souk.orders.order"));

    /** $1 rows of each of $2 tenants, whose names begin with $3, each row of $4 bytes. */
    private static final String FILL = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload, shard, tenant, version, epoch)
            select gen_random_uuid(), 'thing', gen_random_uuid(), 'any', repeat('x', $4::int), 2, $3 || tenant, 1, 1
              from generate_series(1, $1::int) as row, generate_series(1, $2::int) as tenant
            """;

    @Inject
    Transactions transactions;

    private int epoch = 1;

    @BeforeEach
    void startWithAnEmptyOutbox() {
        asWorker("delete from outbox", Tuple.tuple());
    }

    @Test
    void givenOneTenantWithManyRows_thenAnothersSingleRowIsAmongTheNext() {
        fill(5_000, 1, "big", 100);
        fill(1, 3, "small", 100);

        var first = outbox(100).next(SHARD, "");

        assertThat(tenants(first)).hasSize(25 + 3).startsWith("big1", "small1", "small2", "small3", "big1", "big1");
        assertThat(first.rows()).extracting(OutboxRow::seq).contains(first.oldestSeq());
    }

    @Test
    void givenTenantsInTurn_thenEachTenantsRowsComeInTheirOrderAndNoneIsLeftOut() {
        fill(7, 3, "a", 100);
        fill(40, 2, "b", 100);
        var last = new HashMap<String, Long>();
        var outbox = outbox(9);
        int read = 0;
        var served = "";

        for (var batch = outbox.next(SHARD, served); !batch.rows().isEmpty(); batch = outbox.next(SHARD, served)) {
            for (var row : batch.rows()) {
                var tenant = row.envelope().tenant().value();
                assertThat(row.seq()).isGreaterThan(last.getOrDefault(tenant, 0L));
                last.put(tenant, row.seq());
                served = tenant;
            }
            read += batch.rows().size();
            assertThat(batch.rows()).hasSizeLessThanOrEqualTo(9);
            asWorker(
                    "delete from outbox where seq = any ($1)",
                    Tuple.of(batch.rows().stream().map(OutboxRow::seq).toArray(Long[]::new)));
        }

        assertThat(read).isEqualTo(7 * 3 + 40 * 2);
    }

    @Test
    void givenMoreTenantsThanABatchHolds_thenTheNextBatchBeginsWithTheNextTenant() {
        fill(2, 5, "t", 100);
        var outbox = outbox(2);

        assertThat(tenants(outbox.next(SHARD, ""))).containsExactly("t1", "t2");
        assertThat(tenants(outbox.next(SHARD, "t2"))).containsExactly("t3", "t4");
        assertThat(tenants(outbox.next(SHARD, "t4"))).containsExactly("t5", "t1");
        assertThat(tenants(outbox.next(SHARD, "t5"))).containsExactly("t1", "t2");
    }

    @Test
    void givenABatch_thenItIsSaidToBeAllOnlyWhereNothingCanBeLeft() {
        fill(3, 2, "t", 100);

        assertThat(outbox(13).next(SHARD, "").all()).isTrue();
        assertThat(outbox(6).next(SHARD, "").all()).isFalse();
        assertThat(outbox(1).next(SHARD, "").all()).isFalse();
        assertThat(outbox(5).next(SHARD, "").rows()).hasSize(4);
        assertThat(outbox(5).next(SHARD, "").all()).isFalse();
    }

    @Test
    void givenLargeRows_thenABatchEndsWithTheOneThatFillsIt() {
        fill(5, 1, "t", 600 * 1024);

        var backlog = outbox(100).next(SHARD, "");

        assertThat(backlog.rows()).hasSize(2);
        assertThat(backlog.all()).isFalse();
    }

    @Test
    void givenNothing_thenNothingIsReadAndTheMarkSaysSo() {
        var outbox = outbox(10);

        assertThat(outbox.next(SHARD, "t").oldestSeq()).isEqualTo(Backlog.EMPTY);
        assertThat(outbox.waiting(Set.of(0, SHARD))).isEmpty();
        assertThat(outbox.marks(Set.of(0, SHARD)))
                .hasSize(2)
                .allSatisfy((_, mark) -> assertThat(mark.topSeq()).isEqualTo(Mark.NOTHING));
        assertThat(depth().rows()).isZero();
        assertThat(depth().oldest()).isNull();
    }

    @Test
    void givenRowsOfOneShard_thenOnlyThatOneWaits() {
        fill(3, 1, "t", 100);
        var outbox = outbox(10);
        long top = outbox.next(SHARD, "").rows().getLast().seq();

        assertThat(outbox.waiting(Set.of(0, 1, SHARD))).containsExactly(SHARD);
        assertThat(Objects.requireNonNull(outbox.marks(Set.of(0, SHARD)).get(SHARD))
                        .topSeq())
                .isEqualTo(top);
        assertThat(depth().rows()).isEqualTo(3);
        assertThat(depth().oldest()).isNotNull();
    }

    @Test
    void givenARaisedEpoch_thenTheMarkVouchesForNothingUntilAllWasToldOnceMore() {
        epoch = ThreadLocalRandom.current().nextInt(50_000, 99_000);
        assertThat(own()).isZero();

        asWorker("insert into told_epoch (epoch) values ($1)", Tuple.of(epoch - 1));
        assertThat(own()).isZero();

        asWorker("insert into told_epoch (epoch) values ($1)", Tuple.of(epoch));
        assertThat(own()).isPositive();
    }

    private long own() {
        return Objects.requireNonNull(outbox(1).marks(Set.of(SHARD)).get(SHARD))
                .watermarks()
                .ownMicros();
    }

    @Test
    void givenForeignTopics_thenTheMarkKnowsEachUpToTheEarliestShardOfAllWhoApplyIt() {
        applied("stock", "souk.inventory.stock", SHARDS, 500);
        applied("more-stock", "souk.inventory.stock", SHARDS, 300);
        applied("orders", "souk.orders.order", SHARDS - 1, 900);
        applied("long-gone", "souk.inventory.stock", SHARDS, 1);

        var mark = Objects.requireNonNull(outbox(1).marks(Set.of(SHARD)).get(SHARD));

        assertThat(mark.watermarks().foreignMicros())
                .containsExactlyInAnyOrderEntriesOf(Map.of("souk.inventory.stock", 300L, "souk.orders.order", 0L));
    }

    private void applied(String consumer, String topic, int shards, long watermark) {
        asWorker("""
                insert into source_watermark (consumer, topic, shard, read_offset, watermark)
                select $1, $2, shard, 0, $4::bigint + shard from generate_series(0, $3::int - 1) as shard
                on conflict (consumer, topic, shard) do update set watermark = excluded.watermark
                """, Tuple.of(consumer, topic, shards, watermark));
    }

    enum Statistics {
        NONE,
        OF_AN_EMPTY_QUEUE,
        OF_THIS_QUEUE
    }

    /** Whatever the planner believes of how much there is: what is read grows with the batch, not with the outbox. */
    @ParameterizedTest
    @EnumSource
    void givenALongQueue_thenOnlyTheRowsOfABatchAreRead(Statistics statistics) {
        analyse(statistics, Statistics.OF_AN_EMPTY_QUEUE);
        fill(60_000, 1, "big", 100);
        fill(1, 2_000, "small", 100);
        analyse(statistics, Statistics.OF_THIS_QUEUE);

        assertThat(rowsRead(OutboxRepository.NEXT, "int, text, int, int", "2, '', 1000, 1048576"))
                .isBetween(1_000L, 5_000L);
        assertThat(rowsRead(OutboxRepository.WAITING, "int[]", "'{0,1,2,3}'")).isEqualTo(1);
        assertThat(rowsRead(
                        OutboxRepository.MARKS, "int[], text[], text[], int, int", "'{0,1,2,3}', '{a}', '{b}', 4, 1"))
                .isEqualTo(1);
        var next = outbox(500).next(SHARD, "").rows();
        var term = Ids.next();
        var leases = new RelayLeases(transactions, Ids.next(), Duration.ofMinutes(1));
        eventually(() -> assertThat(leases.take(Set.of(SHARD), 1, term)).containsExactly(SHARD));
        assertThat(rowsRead(
                        OutboxRepository.DELETE,
                        "int, text[], bigint[], text, uuid",
                        "2, '{%s}', '{%s}', '%s', '%s'"
                                .formatted(
                                        joined(next, row -> '"' + row.spot() + '"'),
                                        joined(next, OutboxRow::seq),
                                        RelayLeases.name(SHARD),
                                        term)))
                .isEqualTo(500);
        leases.giveUp(Map.of(SHARD, term));
    }

    private static void analyse(Statistics wanted, Statistics now) {
        if (wanted == now) {
            try (var owner = Database.of("catalog", "owner")) {
                owner.update("analyze outbox");
            }
        }
    }

    private static String joined(List<OutboxRow> rows, Function<OutboxRow, Object> part) {
        return rows.stream().map(part).map(String::valueOf).collect(Collectors.joining(","));
    }

    /** How many rows of the outbox a statement with a plan for any values has read; it may not read the table through. */
    private long rowsRead(String statement, String types, String values) {
        var plan = transactions
                .asWorker(sql -> query(sql, "set local plan_cache_mode = force_generic_plan")
                        .chain(() -> query(sql, OutboxReads.BY_INDEX))
                        .chain(() -> query(sql, "prepare measured (%s) as %s".formatted(types, statement)))
                        .chain(() ->
                                query(sql, "explain (analyze, format json) execute measured (%s)".formatted(values)))
                        .call(() -> query(sql, "deallocate measured")))
                .await()
                .atMost(PATIENCE);
        try {
            return rowsRead(JSON.readTree(plan).path(0).path("Plan"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long rowsRead(JsonNode node) {
        long read = 0;
        if (node.path("Relation Name").asText().equals("outbox")
                && !node.path("Node Type").asText().equals("ModifyTable")) {
            assertThat(node.path("Node Type").asText()).containsPattern("Index|Tid");
            read += Math.round((node.path("Actual Rows").asDouble()
                            + node.path("Rows Removed by Filter").asDouble())
                    * node.path("Actual Loops").asDouble());
        }
        for (var child : node.path("Plans")) {
            read += rowsRead(child);
        }
        return read;
    }

    private static Uni<String> query(SqlConnection sql, String statement) {
        return sql.query(statement).execute().map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? String.valueOf(row.next().getValue(0)) : "";
        });
    }

    private void fill(int rows, int tenants, String name, int bytes) {
        asWorker(FILL, Tuple.of(rows, tenants, name, bytes));
    }

    private void asWorker(String statement, Tuple values) {
        transactions
                .asWorker(sql -> sql.preparedQuery(statement).execute(values))
                .await()
                .atMost(PATIENCE);
    }

    private OutboxRepository outbox(int batchRows) {
        return new OutboxRepository(transactions, new Hasty(batchRows), "catalog", SHARDS, () -> epoch, FOREIGN);
    }

    private OutboxRepository.Depth depth() {
        return outbox(1).depth().await().atMost(PATIENCE);
    }

    private static List<String> tenants(Backlog<OutboxRow> backlog) {
        return backlog.rows().stream()
                .map(row -> row.envelope().tenant().value())
                .toList();
    }
}
