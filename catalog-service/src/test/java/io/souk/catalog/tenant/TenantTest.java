package io.souk.catalog.tenant;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.EventLog;
import io.souk.testing.Tokens;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class TenantTest extends CatalogServiceTest {
    private static final String HOLD = "insert into tenant (tenant, id, version, created_at) values ($1, $2, 1, now())";

    private static final String WAITING = """
            select count(*)
              from pg_stat_activity
             where datname = current_database()
               and wait_event_type = 'Lock'
               and query like 'insert into tenant %'
            """;

    /** Far more than a request waits for the note, and less than the five seconds for which the note waits for its lock. */
    private static final Duration QUICK = Duration.ofSeconds(4);

    /** Of all runs in this process: one complaint a minute has to do. */
    private static final List<LogRecord> COMPLAINTS = new CopyOnWriteArrayList<>();

    private final AtomicInteger quick = new AtomicInteger();

    @Inject
    Transactions transactions;

    @Test
    void aTenantIsKnownFromItsFirstTokenOnAndToldOnce() {
        shop.as("customer").get("/v1/products").then().statusCode(200);
        shop.as("admin").get("/v1/products").then().statusCode(200);

        eventually(() -> assertThat(EventLog.readAll(EventLog.topic("catalog", "tenant")))
                .filteredOn(record -> record.key().startsWith(shop.tenant() + "/"))
                .hasSize(1));
    }

    @Test
    void anOperatorWithoutATenantReachesTheAdministration() {
        RestAssured.given()
                .auth()
                .oauth2(Tokens.withoutTenant("operator"))
                .get("/v1/admin/outbox")
                .then()
                .statusCode(200);
    }

    /** The tenant's row is held, so that noting it takes as long as with a database that does not answer. */
    @Test
    void aTenantThatCannotBeNotedHoldsNobodyUpAndIsNotedLater() {
        Catalog.fresh().as("customer").get("/v1/products").then().statusCode(200); // the first answer of all is slow
        var tenant = new TenantId(shop.tenant());
        var began = new CompletableFuture<Void>();
        var hold = new CompletableFuture<Void>();
        var held = transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(HOLD)
                                .execute(Tuple.of(tenant.value(), Ids.next()))
                                .invoke(() -> began.complete(null))
                                .chain(() -> Uni.createFrom().completionStage(hold))
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("rolled back"))))
                .subscribeAsCompletionStage();
        assertThat(began).succeedsWithin(Duration.ofSeconds(30));

        var complaints = complaints(() -> {
            try (var threads = Executors.newFixedThreadPool(20)) {
                for (int i = 0; i < 20; i++) {
                    threads.execute(this::aQuickAnswer);
                }
                eventually(() -> assertThat(waiting(tenant)).isEqualTo(1));
            }
            eventually(() -> assertThat(waiting(tenant)).isZero()); // given up by the server's lock timeout
            for (int i = 0; i < 20; i++) {
                aQuickAnswer();
            }
            return quick.get();
        });

        assertThat(quick).hasValueGreaterThan(30); // half of them, did they wait for the note
        assertThat(complaints).hasSizeLessThanOrEqualTo(1);
        COMPLAINTS.addAll(complaints);
        assertThat(COMPLAINTS)
                .isNotEmpty()
                .allSatisfy(complaint -> assertThat(complaint.getThrown()).isNull());
        hold.complete(null);
        assertThat(held).failsWithin(Duration.ofSeconds(30));
        eventually(() -> {
            aQuickAnswer();
            assertThat(EventLog.readAll(EventLog.topic("catalog", "tenant")))
                    .filteredOn(record -> record.key().startsWith(shop.tenant() + "/"))
                    .hasSize(1);
        });
    }

    private void aQuickAnswer() {
        long asked = System.nanoTime();
        shop.as("customer").get("/v1/products").then().statusCode(200);
        if (System.nanoTime() - asked < QUICK.toNanos()) {
            quick.incrementAndGet();
        }
    }

    private long waiting(TenantId tenant) {
        return transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .query(WAITING)
                                .execute()
                                .map(rows -> rows.iterator().next().getLong(0)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static List<LogRecord> complaints(Supplier<?> work) {
        var records = new CopyOnWriteArrayList<LogRecord>();
        var logger = Logger.getLogger(MeetTenant.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                records.add(logged);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            var _ = work.get();
        } finally {
            logger.removeHandler(handler);
        }
        return records;
    }
}
