package io.souk.kit.changes;

import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class RecentTest {
    private static final TenantId KOSHER = new TenantId("kosher");
    private static final TenantId SNEAKERS = new TenantId("sneakers");
    private static final int EVENT_BYTES = 10;

    private final FeedTopics topics = FeedCursorTest.topics(2, 2, "a");
    private final Recent recent = new Recent(Positions.start(topics), 10 * EVENT_BYTES);
    private final Positions written = Positions.start(topics);

    @Test
    void givenEvents_thenATenantGetsItsOwnOnceAndStandsBehindAll() {
        var start = recent.end();
        write(KOSHER, 0, 0);
        write(SNEAKERS, 0, 0);
        write(KOSHER, 1, 1);

        var batch = read(all(KOSHER), start, 10);

        assertThat(texts(batch)).containsExactly("0/0@0", "1/1@0");
        assertThat(batch.more()).isFalse();
        assertThat(batch.place().positions().get(0, 0)).isEqualTo(2);
        assertThat(texts(read(all(KOSHER), batch.place(), 10))).isEmpty();
    }

    @Test
    void givenALimit_thenTheNextReadGoesOnBehindTheLastEventAlsoByPositionsAlone() {
        var start = recent.end();
        for (int i = 0; i < 5; i++) {
            write(KOSHER, 0, i % 2);
        }

        var first = read(all(KOSHER), start, 2);
        var byCursor = read(all(KOSHER), Place.at(first.place().positions()), 10);

        assertThat(first.more()).isTrue();
        assertThat(texts(first)).containsExactly("0/0@0", "0/1@0");
        assertThat(texts(byCursor))
                .isEqualTo(texts(read(all(KOSHER), first.place(), 10)))
                .containsExactly("0/0@1", "0/1@1", "0/0@2");
    }

    @Test
    void givenOneTopic_thenTheOthersEventsAreNotTold() {
        var start = recent.end();
        write(KOSHER, 0, 0);
        write(KOSHER, 1, 0);
        var second = new BitSet();
        second.set(1);

        assertThat(texts(read(new Wanted(KOSHER, second), start, 10))).containsExactly("1/0@0");
    }

    @Test
    void givenMoreThanTheWindowHolds_thenWhoIsBehindItIsToldSo_andWhoWantsOnlyOtherTopicsIsNot() {
        var start = Place.at(recent.end().positions());
        for (int i = 0; i < 11; i++) {
            write(KOSHER, 0, 0);
        }
        var second = new BitSet();
        second.set(1);

        assertThat(recent.read(all(KOSHER), start, 20)).isNull();
        assertThat(recent.read(new Wanted(KOSHER, second), start, 20)).isNotNull();
        assertThat(recent.beginning().get(0, 0)).isEqualTo(1);
        var kept = read(all(KOSHER), Place.at(recent.beginning()), 20);
        assertThat(texts(kept)).hasSize(10).startsWith("0/0@1").endsWith("0/0@10");
    }

    @Test
    void givenAWaiter_thenItsTenantsNextEventWakesItOnceAndAnothersDoesNot() {
        var woken = new AtomicInteger();
        assertThat(recent.await(all(KOSHER), recent.end(), woken::incrementAndGet))
                .isNotNull();

        write(SNEAKERS, 0, 0);
        assertThat(woken).hasValue(0);
        write(KOSHER, 0, 0);
        write(KOSHER, 0, 0);

        assertThat(woken).hasValue(1);
        assertThat(recent.hasWaiters()).isFalse();
    }

    @Test
    void givenAWaiterThatGivesUp_thenItStandsAtTheEnd_howeverFarTheWindowHasMoved() {
        var before = recent.end();
        var waiter = Objects.requireNonNull(recent.await(all(KOSHER), before, () -> {}));
        for (int i = 0; i < 50; i++) {
            write(SNEAKERS, 0, 0);
        }

        var after = recent.leave(waiter, before);

        assertThat(after.positions().get(0, 0)).isEqualTo(50);
        assertThat(texts(read(all(KOSHER), after, 10))).isEmpty();
        assertThat(recent.hasWaiters()).isFalse();
    }

    @Test
    void givenAnEventBetweenReadAndWait_thenNobodyWaits() {
        var place = read(all(KOSHER), recent.end(), 10).place();
        write(KOSHER, 0, 0);

        assertThat(recent.await(all(KOSHER), place, () -> {})).isNull();
    }

    @Test
    void givenOnlyHeartbeats_thenWhoReadsStandsBehindThem() {
        var start = recent.end();
        written.set(1, 1, 40);
        recent.append(List.of(), written);

        var batch = read(all(KOSHER), start, 10);

        assertThat(batch.events()).isEmpty();
        assertThat(batch.place().positions().get(1, 1)).isEqualTo(40);
    }

    @Test
    void givenItCloses_thenWhoeverWaitsIsWokenAndNobodyWaitsAgain() {
        var woken = new AtomicInteger();
        recent.await(all(KOSHER), recent.end(), woken::incrementAndGet);

        recent.close();

        assertThat(woken).hasValue(1);
        assertThat(recent.await(all(KOSHER), recent.end(), woken::incrementAndGet))
                .isNull();
    }

    @Test
    void givenAWriterAndAFollowerAtTheSameTime_thenTheFollowerMissesNothing() throws Exception {
        var large = new Recent(Positions.start(topics), 1_000_000);
        int events = 5_000;
        var got = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var follower = threads.submit(() -> follow(large, events, got));
            var positions = Positions.start(topics);
            for (int i = 0; i < events; i++) {
                positions.set(0, 0, i + 1);
                large.append(List.of(event(KOSHER, 0, 0, i)), positions);
            }
            follower.get(30, TimeUnit.SECONDS);
        }
        assertThat(got).hasSize(events).doesNotHaveDuplicates();
    }

    private static boolean follow(Recent from, int events, List<String> got) throws InterruptedException {
        var place = Place.at(from.beginning());
        while (got.size() < events) {
            var batch = Objects.requireNonNull(from.read(all(KOSHER), place, 7));
            got.addAll(texts(batch));
            place = batch.place();
            var woken = new CountDownLatch(1);
            if (batch.events().isEmpty() && from.await(all(KOSHER), place, woken::countDown) != null) {
                assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        return true;
    }

    private void write(TenantId tenant, int topic, int partition) {
        long offset = written.get(topic, partition);
        written.set(topic, partition, offset + 1);
        recent.append(List.of(event(tenant, topic, partition, offset)), written);
    }

    private static FeedEvent event(TenantId tenant, int topic, int partition, long offset) {
        var text = "%-10s".formatted(topic + "/" + partition + "@" + offset);
        return new FeedEvent(topic, partition, offset, tenant, text.getBytes(StandardCharsets.UTF_8));
    }

    private Batch read(Wanted wanted, Place place, int limit) {
        return Objects.requireNonNull(recent.read(wanted, place, limit));
    }

    private static Wanted all(TenantId tenant) {
        var both = new BitSet();
        both.set(0, 2);
        return new Wanted(tenant, both);
    }

    private static List<String> texts(Batch batch) {
        return batch.events().stream()
                .map(json -> new String(json, StandardCharsets.UTF_8).strip())
                .toList();
    }
}
