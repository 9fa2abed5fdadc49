package io.souk.search.index;

import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.LostPlace;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.search.document.SearchDocument;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import static io.souk.search.index.Products.called;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplicaIndexTest {
    private static final String LOG = "souk.search.document/1";

    @TempDir
    Path parent;

    private Path folder;
    private ReplicaIndex index;

    @BeforeEach
    void open() {
        folder = parent.resolve("index");
        index = open(Duration.ofHours(1));
        done(index.startOffsets(LOG));
    }

    private ReplicaIndex open(Duration catchUpPatience) {
        return new ReplicaIndex(Shelf.config(folder, catchUpPatience), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private static <T> T done(Uni<T> work) {
        return work.await().atMost(Duration.ofMinutes(1));
    }

    private void put(SearchDocument document, long offset) {
        var change = new IndexChange(Shelf.TENANT, document.id(), new Order(1, document.version()), document);
        done(index.apply(List.of(change), Map.of(0, offset)));
    }

    private int found() {
        try {
            return index.search(
                    searcher -> searcher.count(TenantFence.within(Shelf.TENANT, MatchAllDocsQuery.INSTANCE)));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void givenAPause_whenAChangeArrives_thenItIsSeenAtOnceAndTheNextOnesSoon() {
        put(called("A").make(), 1);
        for (int i = 2; i < 20; i++) {
            put(called("B").make(), i);
        }

        eventually(() -> assertThat(found()).isEqualTo(19));
    }

    @Test
    void givenAnIndex_whenItCatchesUp_thenItServes() {
        assertThat(index.isServing()).isFalse();

        done(index.becomeFresh());

        assertThat(index.isServing()).isTrue();
    }

    @Test
    void givenADiskThatFails_whenWritten_thenThePlaceIsLostAndTheLogIsReadAgain() {
        var id = Ids.next();
        put(called("Before").withId(id).make(), 1);
        done(index.becomeFresh());
        delete(folder);

        assertThatThrownBy(() -> {
                    for (int i = 2; i < 100; i++) {
                        put(called("Lost").make(), i);
                        done(index.becomeFresh());
                    }
                })
                .isInstanceOfAny(LostPlace.class, CompletionException.class);
        assertThatThrownBy(() -> put(called("Lost").make(), 100)).isInstanceOf(LostPlace.class);
        assertThat(done(index.startOffsets(LOG))).isEmpty();
        assertThat(index.isServing()).isFalse();
        put(called("Before").withId(id).make(), 1);
        eventually(() -> assertThat(found()).isEqualTo(1));
    }

    @Test
    void givenAnErrorWhileAChangeIsApplied_whenItIsAppliedAgain_thenTheTailHasNotStopped() {
        var change = called("Heavy")
                .with("taste", new TextNode("sweet") {
                    @Override
                    public String textValue() {
                        throw new OutOfMemoryError("thrown by the test");
                    }
                })
                .make();

        assertThatThrownBy(() -> put(change, 1)).isInstanceOf(LostPlace.class);
        assertThat(done(index.startOffsets(LOG))).isEmpty();
        put(called("After").make(), 1);

        eventually(() -> assertThat(found()).isEqualTo(1));
    }

    @Test
    void givenACompleteIndexOnTheDisk_whenTheLogCannotBeRead_thenItServesAfterAWhileAndSaysHowOldItIs()
            throws IOException {
        var begun = Instant.now();
        put(called("A").make(), 1);
        done(index.becomeFresh());
        index.close();
        var closed = Instant.now();

        index = open(Duration.ofHours(1));
        assertThat(index.isServing()).isFalse();
        index.close();
        index = open(Duration.ZERO);

        assertThat(index.isServing()).isTrue();
        assertThat(index.staleSince()).isBetween(begun, closed);
        assertThat(found()).isEqualTo(1);
        done(index.startOffsets(LOG));
        assertThat(index.isServing()).isTrue();
        done(index.becomeFresh());
        assertThat(index.staleSince()).isNull();
        assertThat(index.isServing()).isTrue();
    }

    @Test
    void givenAnIndexThatWasNeverComplete_whenOpened_thenItDoesNotServe() throws IOException {
        put(called("A").make(), 1);
        index.close();

        index = open(Duration.ZERO);

        assertThat(index.isServing()).isFalse();
    }

    @Test
    void givenACompleteIndexOfAnotherLog_whenTheLogIsKnown_thenItNoLongerServes() throws IOException {
        put(called("A").make(), 1);
        done(index.becomeFresh());
        index.close();
        index = open(Duration.ZERO);

        done(index.startOffsets("souk.search.document/2"));

        assertThat(index.isServing()).isFalse();
        index.close();
        index = open(Duration.ZERO);
        assertThat(index.isServing()).isFalse();
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
