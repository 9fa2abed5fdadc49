package io.souk.kit.changes;

import io.souk.kit.event.AggregateType;
import io.souk.kit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FeedCursorTest {
    private static final Random RANDOM = new Random(17);

    @Test
    void givenAnyPlaces_whenTheyAreWrittenAndRead_thenTheyAreTheSame() {
        var topics = topics(7, 64, "a");
        for (int round = 0; round < 200; round++) {
            int bits = 1 + RANDOM.nextInt(62);
            var positions = positions(topics, () -> RANDOM.nextLong() >>> (64 - bits));

            var read = FeedCursor.parse("after", FeedCursor.encode(all(topics), positions))
                    .positions(topics);

            assertThat(offsets(topics, read)).isEqualTo(offsets(topics, positions));
        }
    }

    @Test
    void givenSevenTopicsOf64Partitions_thenTheCursorFitsIntoAnAddress() {
        var topics = topics(7, 64, "a");

        var usual = FeedCursor.encode(all(topics), positions(topics, () -> 4_000_000_000L + RANDOM.nextInt(1_000_000)));
        var worst = FeedCursor.encode(all(topics), positions(topics, () -> RANDOM.nextLong() >>> 2));

        assertThat(usual).hasSizeLessThan(2_000);
        assertThat(worst).hasSizeLessThan(FeedCursor.MAX_CHARS);
    }

    @Test
    void givenATopicThatTheCursorDoesNotKnow_thenItIsReadFromItsBeginning() {
        var topics = topics(2, 4, "a");
        var anew = new FeedTopics(
                topics.aggregates(), topics.names(), List.of(topics.tags().getFirst(), 99), topics.partitions());
        var cursor = FeedCursor.parse("after", FeedCursor.encode(all(topics), positions(topics, () -> 5)));

        var read = cursor.positions(anew);

        assertThat(read.of(0)).containsOnly(5);
        assertThat(read.of(1)).containsOnly(0);
    }

    @Test
    void givenTopicsThatWereNotWanted_thenTheCursorDoesNotNameThem() {
        var topics = topics(3, 8, "a");
        var one = new BitSet();
        one.set(1);

        var cursor = FeedCursor.parse("after", FeedCursor.encode(one, positions(topics, () -> 5)));

        assertThat(cursor.offsets()).containsOnlyKeys(topics.tags().get(1));
    }

    @Test
    void givenACursorWithOneCharacterChanged_thenItIsRefused() {
        var topics = topics(2, 8, "a");
        var cursor = FeedCursor.encode(all(topics), positions(topics, () -> RANDOM.nextInt(100_000)));

        for (int i = 0; i < cursor.length() - 1; i++) { // the last one may stand for bits that are not there
            var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(cursor.substring(0, i) + other + cursor.substring(i + 1));
            assertRefused(cursor.substring(0, i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "Start",
                "AQ",
                "AQAAAAAA",
                "not a cursor",
                "%00",
                "AAAAAAAAAAAAAAAAAAAA",
                "/+/+",
                "é"
            })
    void givenATextThatWasNeverGivenOut_thenItIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void givenAHugeText_thenItIsRefused() {
        assertRefused("A".repeat(1_000_000));
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> FeedCursor.parse("after", text)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.errors().toString()).contains("after");
        });
    }

    static FeedTopics topics(int count, int partitions, String prefix) {
        var aggregates = IntStream.range(0, count)
                .mapToObj(i -> new AggregateType("catalog", "thing" + i))
                .toList();
        var identities =
                aggregates.stream().collect(Collectors.toMap(aggregate -> aggregate, aggregate -> prefix + aggregate));
        return FeedTopics.of(aggregates, identities, "souk", partitions);
    }

    private static BitSet all(FeedTopics topics) {
        var all = new BitSet();
        all.set(0, topics.names().size());
        return all;
    }

    private static Positions positions(FeedTopics topics, LongSupplier offset) {
        var positions = Positions.start(topics);
        topics.all().forEach(partition -> positions.set(partition, offset.getAsLong()));
        return positions;
    }

    private static Map<Integer, List<Long>> offsets(FeedTopics topics, Positions positions) {
        return IntStream.range(0, topics.names().size())
                .boxed()
                .collect(Collectors.toMap(
                        topic -> topic,
                        topic -> java.util.Arrays.stream(positions.of(topic))
                                .boxed()
                                .toList()));
    }
}
