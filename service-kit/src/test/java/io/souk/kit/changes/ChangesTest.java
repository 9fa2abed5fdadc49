package io.souk.kit.changes;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.Things;
import io.souk.kit.changes.Followers.EventSource;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import io.souk.testing.SoukServers;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The changes of a running service by HTTP: real outbox, relay and Kafka. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class ChangesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TenantId tenant = anyTenant();

    @Inject
    Things things;

    @Inject
    Topics topics;

    @Inject
    KafkaSettings kafka;

    @Inject
    EventsConfig events;

    @Inject
    ChangeFeed feed;

    @Test
    void givenChanges_whenTheyAreReadFromTheStart_thenEachComesAsACloudEventAndNoOtherTenantsDo() {
        var id = Ids.next();
        things.write(tenant, id, "a \"quoted\" näme");
        things.write(anyTenant(), Ids.next(), "another's");

        var read = eventually(LONG, () -> Followers.readAll(tenant, "start", ""), all -> !all.isEmpty());

        assertThat(read).hasSize(1);
        var event = read.getFirst();
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("souk.catalog.thing.changed.v1");
        assertThat(event.path("source").asText()).isEqualTo("/souk/catalog");
        assertThat(event.path("subject").asText()).isEqualTo(id.toString());
        assertThat(event.path("tenant").asText()).isEqualTo(tenant.value());
        assertThat(event.path("aggregateversion").asText()).isEqualTo("1");
        assertThat(event.path("epoch").asText()).isEqualTo("1");
        assertThat(event.path("partitionkey").asText()).isEqualTo(tenant + "/" + id);
        assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.path("data").path("name").asText()).isEqualTo("a \"quoted\" näme");
        assertThat(event.path("data").path("version").asLong()).isEqualTo(1);
    }

    @Test
    void givenACursorFromNowOn_whenChangesCome_thenTheNextRequestHasThemOnceAndInOrder() {
        things.write(tenant, Ids.next(), "before");
        eventually(() -> assertThat(Followers.readAll(tenant, "start", "")).hasSize(1));
        var now = Followers.now(tenant);
        var id = Ids.next();
        LongStream.rangeClosed(1, 5).forEach(version -> things.write(tenant, id, "v" + version));

        var versions = new ArrayList<String>();
        var cursor = new String[] {now};
        eventually(() -> {
            var answer = Followers.get(tenant, "?limit=2&after=" + cursor[0]);
            assertThat(answer.items()).hasSizeLessThanOrEqualTo(2);
            answer.items()
                    .forEach(
                            event -> versions.add(event.path("aggregateversion").asText()));
            cursor[0] = answer.next();
            assertThat(versions).hasSize(5);
        });

        assertThat(versions).containsExactly("1", "2", "3", "4", "5");
        var link = Followers.get(tenant, "?limit=2&after=" + now)
                .headers()
                .firstValue("Link")
                .orElseThrow();
        assertThat(link).startsWith("</v1/changes/catalog?limit=2&after=").contains("rel=\"next\"");
    }

    @Test
    void givenALongPoll_whenAChangeComes_thenItIsAnsweredAtOnce() {
        var cursor = Followers.now(tenant);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    CompletableFuture.supplyAsync(() -> Followers.get(tenant, "?wait=30&after=" + cursor), threads);
            eventually(() -> assertThat(feed.following().taken()).isPositive());
            long wrote = System.nanoTime();
            things.write(tenant, Ids.next(), "new");

            assertThat(answer.join().items()).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - wrote)).isLessThan(Duration.ofSeconds(20));
        }
        eventually(() -> assertThat(feed.following().taken()).isZero());
    }

    @Test
    void givenALongPollWithoutAChange_thenItsTimeEnds_andItsCursorHasMovedBehindTheChangesOfOthers() {
        var cursor = Followers.now(tenant);
        var other = anyTenant();
        things.write(other, Ids.next(), "another's");
        eventually(() -> assertThat(Followers.readAll(other, "start", "")).hasSize(1));

        var answer = Followers.get(tenant, "?wait=1&after=" + cursor);

        assertThat(answer.items()).isEmpty();
        assertThat(answer.more()).isFalse();
        assertThat(answer.next()).isNotEqualTo(cursor);
    }

    @Test
    void givenWhatIsNoEvent_thenTheCursorMovesBehindIt() {
        var cursor = Followers.now(tenant);
        send("heartbeat", "{\"watermark\":1}");
        var id = Ids.next();
        things.write(tenant, id, "after it");

        eventually(() -> assertThat(Followers.readAll(tenant, cursor, ""))
                .singleElement()
                .satisfies(event -> assertThat(event.path("subject").asText()).isEqualTo(id.toString())));
        eventually(() ->
                assertThat(Followers.get(tenant, "?after=" + cursor).next()).isNotEqualTo(cursor));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":",
                "{\"version\":1}}",
                "{\"version\":1},{}",
                "[{\"version\":1}]",
                "1",
                "",
                "\uFEFF{\"version\":1}"
            })
    void givenARecordWhoseValueIsNoJsonObject_thenItIsPassedByAndWhatFollowsComes(String value) {
        assertPassedBy(value.getBytes(UTF_8));
    }

    @Test
    void givenARecordThatIsNestedTooDeeplyOrIsNoUtf8_thenItIsPassedByAndWhatFollowsComes() {
        assertPassedBy(("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").getBytes(UTF_8));
        assertPassedBy("{\"name\":\"ä\"}".getBytes(ISO_8859_1));
        assertPassedBy("{\"name\":\"a\"}".getBytes(UTF_16LE));
    }

    private void assertPassedBy(byte[] value) {
        var cursor = Followers.now(tenant);
        try (var stream = new EventSource(tenant, "?after=" + cursor, null)) {
            send(event(Ids.next(), 1, "changed", value));
            var id = Ids.next();
            things.write(tenant, id, "after it");

            eventually(() ->
                    assertThat(subjects(Followers.readAll(tenant, cursor, ""))).containsExactly(id.toString()));
            eventually(() -> assertThat(stream.data).hasSize(1));
            assertThat(Followers.json(stream.data.getFirst()).path("subject").asText())
                    .isEqualTo(id.toString());
        }
    }

    @Test
    void givenAPurge_thenItsTombstoneComesAsADeleteWithoutData() {
        var id = Ids.next();
        var changed = things.write(tenant, id, "to be purged");
        assertThat(changed).isEqualTo(1);
        send(tombstone(id, 2));

        var read = eventually(LONG, () -> Followers.readAll(tenant, "start", ""), all -> all.size() == 2);

        var purged = read.stream()
                .filter(event -> event.path("aggregateversion").asText().equals("2"))
                .findAny()
                .orElseThrow();
        assertThat(purged.path("type").asText()).isEqualTo("souk.catalog.thing.deleted.v1");
        assertThat(purged.has("data")).isFalse();
        assertThat(purged.has("datacontenttype")).isFalse();
    }

    @Test
    void givenMoreThanIsInMemory_whenItIsReadInPieces_thenNothingIsMissingAndNothingComesTwice() {
        var before = Followers.now(tenant);
        var noise = anyTenant();
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 10; i++) { // some 400 bytes each in a window of 64 KiB
            ids.addAll(things.writeMany(tenant, 40, "mine " + i));
            things.writeMany(noise, 40, "another's " + i);
        }

        for (var from : List.of(before, "start")) {
            eventually(() -> assertThat(subjects(Followers.readAll(tenant, from, "&limit=37")))
                    .containsExactlyInAnyOrderElementsOf(
                            ids.stream().map(UUID::toString).toList()));
        }
    }

    @Test
    void givenAWriterAndTwentyFollowers_thenEachSeesEveryVersionInOrder() {
        var id = Ids.next();
        var cursor = Followers.now(tenant);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var followers = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> follow(cursor, 60), threads))
                    .toList();
            LongStream.rangeClosed(1, 60).forEach(version -> things.write(tenant, id, "v" + version));

            var expected =
                    LongStream.rangeClosed(1, 60).mapToObj(Long::toString).toList();
            assertThat(followers)
                    .allSatisfy(versions -> assertThat(versions.join()).isEqualTo(expected));
        }
    }

    /** Of one aggregate, to the given version. */
    private List<String> follow(String cursor, int versions) {
        var seen = new ArrayList<String>();
        var after = cursor;
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (seen.size() < versions && System.nanoTime() < deadline) {
            var answer = Followers.get(tenant, "?limit=7&wait=1&after=" + after);
            if (answer.status() == 200) {
                answer.items()
                        .forEach(
                                event -> seen.add(event.path("aggregateversion").asText()));
                after = answer.next();
            } else { // fewer may wait than follow: the others come again when they are told to
                long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
                LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
            }
        }
        return seen;
    }

    @Test
    void givenAStream_thenEventsComeAsTheyHappen_andTheLastIdGoesOnWhereItBroke() {
        var first = things.write(tenant, Ids.next(), "one");
        assertThat(first).isEqualTo(1);
        String lastId;
        try (var stream = new EventSource(tenant, "?after=start", null)) {
            assertThat(stream.status()).isEqualTo(200);
            eventually(() -> assertThat(stream.data).hasSize(1));
            things.write(tenant, Ids.next(), "two");
            eventually(() -> assertThat(stream.data).hasSize(2));
            assertThat(Followers.json(stream.data.getLast())
                            .path("data")
                            .path("name")
                            .asText())
                    .isEqualTo("two");
            eventually(() -> assertThat(stream.comments).contains("goes on"));
            lastId = eventually(LONG, () -> stream.lastId, Objects::nonNull);
        }
        things.write(tenant, Ids.next(), "while away");

        try (var stream = new EventSource(tenant, "", lastId)) {
            eventually(() -> assertThat(stream.data).hasSize(1));
            assertThat(stream.data.getFirst()).contains("while away");
        }
    }

    @Test
    void givenAStreamThatNobodyWroteTo_whenItBreaksBeforeItsFirstEvent_thenItsIdGoesOnFromItsBeginning() {
        String lastId;
        try (var stream = new EventSource(tenant, "", null)) {
            eventually(() -> assertThat(stream.comments).contains("begins"));
            lastId = eventually(LONG, () -> stream.lastId, Objects::nonNull);
        }
        things.write(tenant, Ids.next(), "missed");

        try (var stream = new EventSource(tenant, "", lastId)) {
            eventually(() -> assertThat(stream.data).hasSize(1));
        }
    }

    @Test
    void givenAsManyStreamsAsATenantMayHave_thenOneMoreIsRefusedAndAnotherTenantIsNot() {
        var open = new ArrayList<EventSource>();
        try {
            for (int i = 0; i < 3; i++) {
                open.add(new EventSource(tenant, "", null));
            }
            eventually(() -> assertThat(open)
                    .allSatisfy(stream -> assertThat(stream.comments).isNotEmpty()));

            try (var refused = new EventSource(tenant, "", null);
                    var other = new EventSource(anyTenant(), "", null)) {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(other.status()).isEqualTo(200);
            }
            assertNoPlaceToWait(Followers.get(tenant, "?wait=20"));
            assertNoPlaceToWait(Followers.preferring("wait=20", tenant, ""));
        } finally {
            open.forEach(EventSource::close);
        }
        eventually(() -> assertThat(feed.following().taken()).isZero());
    }

    private static void assertNoPlaceToWait(Followers.Answer refused) {
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("Preference-Applied")).isEmpty();
    }

    @Test
    void givenNoPlaceToWait_whenThereAreChangesAlready_thenTheyComeAndNothingIsSaidToHaveWaited() {
        things.write(tenant, Ids.next(), "one");
        eventually(() -> assertThat(Followers.readAll(tenant, "start", "")).hasSize(1));
        var places = new ArrayList<TenantSlots.Slot>();
        try {
            for (int i = 0; i < 3; i++) {
                places.add(feed.following().take(tenant).orElseThrow());
            }
            var answer = eventually(
                    LONG, () -> Followers.preferring("wait=20", tenant, "?after=start"), got -> got.status() == 200);

            assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
        } finally {
            places.forEach(TenantSlots.Slot::release);
        }
    }

    @Test
    void givenAPreferredWait_thenItIsSaidToBeApplied_unlessTheQuerySaysHowLong() {
        var cursor = Followers.now(tenant);

        assertThat(Followers.preferring("wait=1", tenant, "?after=" + cursor)
                        .headers()
                        .firstValue("Preference-Applied"))
                .hasValue("wait=1");
        assertThat(Followers.preferring("wait=30", tenant, "?wait=1&after=" + cursor)
                        .headers()
                        .firstValue("Preference-Applied"))
                .isEmpty();
    }

    @Test
    void givenAnAggregatesName_thenOnlyItsEventsComeAndOthersAreRefusedByName() {
        things.write(tenant, Ids.next(), "one");

        eventually(() ->
                assertThat(Followers.readAll(tenant, "start", "&type=thing")).hasSize(1));
        var refused = Followers.get(tenant, "?type=order");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("errors").path(0).path("parameter").asText())
                .isEqualTo("type");
    }

    @ParameterizedTest
    @CsvSource({
        "?after=nonsense, 400, after",
        "?after=, 400, after",
        "?limit=0, 422, limit",
        "?limit=201, 422, limit",
        "?wait=-1, 422, wait",
        "?wait=31, 422, wait",
        "?wait=soon, 400, wait"
    })
    void givenABadParameter_thenTheRefusalNamesIt(String query, int status, String parameter) {
        var refused = Followers.get(tenant, query);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body().path("errors").path(0).path("parameter").asText())
                .isEqualTo(parameter);
    }

    @Test
    void givenABadLastEventId_thenTheStreamIsRefused() {
        try (var refused = new EventSource(tenant, "", "nonsense")) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 200",
        "service, 200",
        "readonly, 200",
        "merchant, 403",
        "customer, 403",
        "merchant readonly, 403",
        "merchant admin, 200"
    })
    void rolesDecide(String role, int status) {
        Followers.now(tenant); // the end of the log is known from here on
        assertThat(Followers.get(Tokens.of(tenant.value(), role), "").status()).isEqualTo(status);
    }

    @Test
    void givenACursorOfAnotherTenant_thenOnlyOwnEventsComeAllTheSame() {
        var other = anyTenant();
        var cursor = Followers.now(other);
        things.write(other, Ids.next(), "another's");
        eventually(() -> assertThat(Followers.readAll(other, cursor, "")).hasSize(1));

        assertThat(Followers.readAll(tenant, cursor, "")).isEmpty();
    }

    private static List<String> subjects(List<JsonNode> events) {
        return events.stream().map(event -> event.path("subject").asText()).toList();
    }

    private ProducerRecord<byte[], byte[]> tombstone(UUID id, long version) {
        return event(id, version, "deleted", null);
    }

    private ProducerRecord<byte[], byte[]> event(UUID id, long version, String kind, byte @Nullable [] data) {
        var key = new EventKey(tenant, id);
        var record = new ProducerRecord<byte[], byte[]>(
                topics.of(Things.THING),
                key.shard(events.partitions()),
                key.text().getBytes(UTF_8),
                data);
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        Ids.next().toString(),
                        "ce_source",
                        "/souk/catalog",
                        "ce_type",
                        "souk.catalog.thing." + kind + ".v1",
                        "ce_subject",
                        id.toString(),
                        "ce_time",
                        "2026-11-21T12:00:00Z",
                        "ce_tenant",
                        tenant.value(),
                        "ce_epoch",
                        "1",
                        "ce_aggregateversion",
                        Long.toString(version),
                        "ce_partitionkey",
                        key.text())
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private void send(String key, String value) {
        send(new ProducerRecord<>(topics.of(Things.THING), 0, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer("test"))) {
            var _ = producer.send(record);
        }
    }
}
