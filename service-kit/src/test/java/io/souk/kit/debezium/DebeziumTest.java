package io.souk.kit.debezium;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.Things;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.id.Ids;
import io.souk.testing.Database;
import io.souk.testing.OwnServers;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What Debezium finds when it decodes the database's log, and what becomes of rows that it has read. Without Debezium itself. */
@QuarkusTest
@TestProfile(DebeziumTest.WithoutRelay.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = OwnServers.class, initArgs = @ResourceArg(name = "servers", value = "postgres"))
class DebeziumTest {
    public static final class WithoutRelay implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.relay.enabled", "false");
        }
    }

    private static final Pattern EVENT =
            Pattern.compile("table catalog\\.outbox: INSERT:.* aggregateid\\[uuid]:'([^']+)'.*");
    private static final Pattern HEARTBEAT = Pattern.compile(
            "table catalog\\.relay_heartbeat: INSERT:.* payload\\[text]:'([^']+)'.* shard\\[integer]:(\\d+).*");

    private static final String NEXT_CHANGES =
            "select data from pg_logical_slot_get_changes('%s', null, null, 'include-xids', '0')";

    @Inject
    Things things;

    @Inject
    EventsConfig events;

    @Test
    void givenCommitsAndHeartbeats_thenEveryEventOfACommitBeforeAWatermarkLiesBeforeItInTheLog() {
        try (var superuser = superuser()) {
            var committedBy = new ArrayList<Map.Entry<UUID, Long>>();
            superuser.query("select pg_create_logical_replication_slot('truth', 'test_decoding')");
            for (int write = 0; write < 60; write++) {
                var id = Ids.next();
                things.write(anyTenant(), id, "one");
                committedBy.add(Map.entry(id, now(superuser)));
            }
            var log = new ArrayList<String>();
            eventually(() -> {
                log.addAll(superuser.query(NEXT_CHANGES.formatted("truth")));
                assertThat(watermarks(log))
                        .anyMatch(mark -> mark > committedBy.getLast().getValue());
            });
            superuser.query("select pg_drop_replication_slot('truth')");

            int checked = 0;
            for (var commit : committedBy) {
                int place = placeOf(log, commit.getKey());
                assertThat(place).isNotNegative();
                for (int line = 0; line < log.size(); line++) {
                    var heartbeat = HEARTBEAT.matcher(log.get(line));
                    if (heartbeat.matches() && watermark(heartbeat.group(1)) > commit.getValue()) {
                        assertThat(place).isLessThan(line);
                        checked++;
                    }
                }
            }
            assertThat(checked).isPositive();
            assertThat(log.stream()
                            .map(HEARTBEAT::matcher)
                            .filter(line -> line.matches())
                            .map(line -> line.group(2)))
                    .as("one for each shard")
                    .containsAll(IntStream.range(0, events.partitions())
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void givenThePreparedSchema_thenEventsLeaveTheOutboxOnceTheSlotIsPastThemAndNotBefore() throws IOException {
        try (var superuser = superuser()) {
            prepare(superuser);
            superuser.query("select pg_create_logical_replication_slot('souk_catalog', 'test_decoding')");
            var tenant = anyTenant();
            var id = Ids.next();
            things.write(tenant, id, "one");

            var waiting = "select record_key from catalog.outbox where tenant = '%s'".formatted(tenant);
            long before = now(superuser);
            eventually(() -> assertThat(heartbeatsSince(superuser, before))
                    .as("the service's sweeps have gone round some times")
                    .isGreaterThan(4));
            assertThat(superuser.query(waiting)).containsExactly(new EventKey(tenant, id).text());

            eventually(() -> {
                superuser.query(NEXT_CHANGES.formatted("souk_catalog"));
                assertThat(superuser.query(waiting)).isEmpty();
            });
            superuser.query("select pg_drop_replication_slot('souk_catalog')");
        }
    }

    @Test
    void thenNobodyTakesALease() {
        try (var superuser = superuser()) {
            assertThat(superuser.query("select name from catalog.relay_lease")).isEmpty();
        }
    }

    /** Rounds of heartbeats, the rows of which are kept for some seconds. */
    private static long heartbeatsSince(Database superuser, long micros) {
        return Long.parseLong(superuser
                .query(
                        "select count(distinct occurred_at) from catalog.relay_heartbeat where occurred_at > to_timestamp(? / 1e6)",
                        micros)
                .getFirst());
    }

    /** Twice, since it can be run again. */
    private static void prepare(Database superuser) throws IOException {
        superuser.update("set souk.service = 'catalog'");
        superuser.update(Files.readString(Path.of("../deploy/debezium/prepare.sql")));
        superuser.update(Files.readString(Path.of("../deploy/debezium/prepare.sql")));
    }

    private static int placeOf(List<String> log, UUID aggregate) {
        for (int line = 0; line < log.size(); line++) {
            var event = EVENT.matcher(log.get(line));
            if (event.matches() && event.group(1).equals(aggregate.toString())) {
                return line;
            }
        }
        return -1;
    }

    private static List<Long> watermarks(List<String> log) {
        return log.stream()
                .map(HEARTBEAT::matcher)
                .filter(line -> line.matches())
                .map(line -> watermark(line.group(1)))
                .toList();
    }

    /** As readers read it. */
    private static long watermark(String payload) {
        return Heartbeats.decode(new ConsumerRecord<>(
                        "any",
                        0,
                        0,
                        Heartbeats.KEY.getBytes(StandardCharsets.UTF_8),
                        payload.getBytes(StandardCharsets.UTF_8)))
                .ownMicros();
    }

    private static long now(Database superuser) {
        return Long.parseLong(superuser
                .query("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
                .getFirst());
    }

    private static Database superuser() {
        return OwnServers.postgres().superuser();
    }
}
