package io.souk.kit.admin;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.Things;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import io.souk.testing.Tokens;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Nobody relays here, so what is committed waits, and the leases are what the test says. */
@QuarkusTest
@TestProfile(OutboxStateTest.WithoutRelay.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class OutboxStateTest {
    public static final class WithoutRelay implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.relay.enabled", "false");
        }
    }

    private static final String PATH = "/v1/admin/outbox";

    private final AdminApi operator = AdminApi.asOperator();

    @Inject
    Things things;

    @Inject
    Transactions transactions;

    @Inject
    SeeOutbox outbox;

    @Inject
    EventsConfig events;

    /** Or else nobody relays until these leases have run out. */
    @AfterEach
    void giveLeasesBack() {
        transactions
                .asWorker(worker -> worker.query("update relay_lease set expires_at = now()")
                        .execute())
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void givenEventsThatWait_thenAnOperatorSeesHowManyWhoseAndSinceWhen() {
        var large = anyTenant();
        var small = anyTenant();
        var before = operator.get(PATH).body();
        things.writeMany(large, 300, "one");
        things.writeMany(small, 200, "other");

        var now = operator.get(PATH).body();
        var first = operator.get(PATH + "?tenants=1").body();

        assertThat(now.path("rows").asLong()).isEqualTo(before.path("rows").asLong() + 500);
        assertThat(now.path("complete").asBoolean()).isTrue();
        assertThat(now.path("oldestSeconds").asDouble()).isPositive();
        assertThat(now.path("shards")).hasSize(events.partitions());
        assertThat(now.path("shards")
                        .valueStream()
                        .mapToLong(shard -> shard.path("rows").asLong())
                        .sum())
                .isEqualTo(now.path("rows").asLong());
        assertThat(now.path("tenants")
                        .valueStream()
                        .map(tenant -> tenant.path("tenant").asText()))
                .containsSubsequence(large.value(), small.value());
        assertThat(first.path("tenants")).hasSize(1);
    }

    @Test
    void givenALeaseThatHolds_thenItsShardHasALeaderAndOneThatRanOutHasNone() {
        var leader = UUID.randomUUID();
        lease("relay-0", leader, 60);
        lease("relay-1", UUID.randomUUID(), -1);

        var shards = operator.get(PATH).body().path("shards");

        assertThat(shards.path(0).path("leader").asText()).isEqualTo(leader.toString());
        assertThat(shards.path(0).has("leaseUntil")).isTrue();
        assertThat(shards.path(1).path("leader").asText("")).isEmpty();
    }

    /** PostgreSQL's statistics come up to a second late. */
    @Test
    void givenEventsOfTheLastSeconds_thenTheRateTellsOfThem() {
        outbox.sweep().await().atMost(PATIENCE);
        outbox.sweep().await().atMost(PATIENCE);

        eventually(
                () -> { // the service's own sweep may take the place of these
                    things.writeMany(anyTenant(), 100, "more");
                    assertThat(operator.get(PATH)
                                    .body()
                                    .path("appendedPerSecond")
                                    .asDouble())
                            .isPositive();
                });
    }

    @Test
    void givenWhatCannotBeAskedFor_thenItIsRefused() {
        assertThat(operator.get(PATH + "?tenants=101").status()).isEqualTo(422);
        assertThat(operator.get(PATH + "?tenants=-1").status()).isEqualTo(422);
        assertThat(AdminApi.with(Tokens.of(anyTenant().value(), "admin"))
                        .get(PATH)
                        .status())
                .isEqualTo(403);
    }

    private void lease(String name, UUID replica, int seconds) {
        transactions
                .asWorker(worker -> worker.preparedQuery("""
                                insert into relay_lease (name, holder, replica, expires_at)
                                values ($1, gen_random_uuid(), $2, now() + $3 * interval '1 second')
                                on conflict (name) do update set replica = excluded.replica, expires_at = excluded.expires_at
                                """).execute(Tuple.of(name, replica, seconds)))
                .await()
                .atMost(PATIENCE);
    }
}
