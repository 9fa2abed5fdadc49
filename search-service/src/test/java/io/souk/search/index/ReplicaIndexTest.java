package io.souk.search.index;

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
import java.time.Duration;
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
        index = new ReplicaIndex(Shelf.config(folder));
        done(index.startOffsets(LOG));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private static <T> T done(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
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
    void givenAnIndex_whenItCatchesUp_thenItIsFresh() {
        assertThat(index.isFresh()).isFalse();

        done(index.becomeFresh());

        assertThat(index.isFresh()).isTrue();
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
        assertThat(index.isFresh()).isFalse();
        put(called("Before").withId(id).make(), 1);
        eventually(() -> assertThat(found()).isEqualTo(1));
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
