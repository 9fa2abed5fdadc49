package io.souk.search.index;

import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.search.document.SearchDocument;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import static io.souk.search.index.Products.called;
import static io.souk.search.index.Products.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LuceneIndexTest {
    private static final String LOG = "souk.search.document/1";

    @TempDir
    Path folder;

    private LuceneIndex open() throws IOException {
        return LuceneIndex.open(Shelf.config(folder), Clock.systemUTC());
    }

    private static IndexChange change(SearchDocument document, int epoch, long version) {
        return new IndexChange(Shelf.TENANT, document.id(), new Order(epoch, version), document);
    }

    private static int found(LuceneIndex index) throws IOException {
        var searcher = index.acquire();
        try {
            return searcher.count(TenantFence.within(Shelf.TENANT, MatchAllDocsQuery.INSTANCE));
        } finally {
            index.release(searcher);
        }
    }

    @Test
    void givenCommittedDocuments_whenOpenedAgain_thenTheyAndTheirOffsetsAreThere() throws IOException {
        try (var index = open()) {
            index.offsets(LOG);
            index.apply(List.of(change(product("Milk"), 1, 1)), Map.of(0, 5L, 3, 17L));
            index.apply(List.of(), Map.of(3, 18L));
        }

        try (var index = open()) {
            assertThat(index.offsets(LOG)).isEqualTo(Map.of(0, 5L, 3, 18L));
            assertThat(found(index)).isEqualTo(1);
        }
    }

    @Test
    void givenDocumentsAfterTheLastCommit_whenTheProcessDies_thenOffsetsAreThoseOfTheCommit() throws IOException {
        var copy = folder.resolveSibling("copy-" + folder.getFileName());
        try (var index = open()) {
            index.offsets(LOG);
            index.apply(List.of(change(product("Milk"), 1, 1)), Map.of(0, 5L));
            index.commit();
            index.apply(List.of(change(product("Bread"), 1, 1)), Map.of(0, 6L));
            index.refresh();
            Files.createDirectories(copy);
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName())); // the disk as a crash would leave it
                }
            }
        }

        try (var index = LuceneIndex.open(Shelf.config(copy), Clock.systemUTC())) {
            assertThat(index.offsets(LOG)).isEqualTo(Map.of(0, 5L));
            assertThat(found(index)).isEqualTo(1);
        }
    }

    @Test
    void givenAnIndexOfAnotherLog_whenItsOffsetsAreAsked_thenItIsEmptied() throws IOException {
        try (var index = open()) {
            index.offsets(LOG);
            index.apply(List.of(change(product("Milk"), 1, 9)), Map.of(0, 5L));
        }

        try (var index = open()) {
            assertThat(index.offsets("souk.search.document/2")).isEmpty();
            assertThat(found(index)).isZero();
            index.apply(List.of(change(product("Bread"), 1, 1)), Map.of(0, 1L));
            index.refresh();
            assertThat(found(index)).isEqualTo(1);
        }
        try (var index = open()) {
            assertThat(index.offsets("souk.search.document/2")).isEqualTo(Map.of(0, 1L));
        }
    }

    @Test
    void givenADamagedFile_whenOpened_thenTheIndexIsEmptyAndStartsAtTheBeginning() throws IOException {
        try (var index = open()) {
            index.offsets(LOG);
            index.apply(List.of(change(product("Milk"), 1, 1)), Map.of(0, 5L));
        }
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                if (file.toString().endsWith(".cfs") || file.toString().endsWith(".doc")) {
                    byte[] bytes = Files.readAllBytes(file);
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(file, bytes);
                }
            }
        }

        try (var index = open()) {
            assertThat(index.offsets(LOG)).isEmpty();
            assertThat(found(index)).isZero();
        }
    }

    @Test
    void givenAnIndexOfAnotherFormat_whenOpened_thenItIsBuiltAnew() throws IOException {
        try (var directory = new NIOFSDirectory(folder);
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(
                    Map.of("format", "0", "log", LOG, "offset.0", "9").entrySet());
            writer.commit();
        }

        try (var index = open()) {
            assertThat(index.offsets(LOG)).isEmpty();
        }
    }

    @Test
    void givenForeignFilesInTheFolder_whenADamagedIndexIsCleared_thenTheyStay() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("segments_1"), "garbage");

        try (var index = open()) {
            assertThat(index.offsets(LOG)).isEmpty();
        }

        assertThat(folder.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void givenAnOpenIndex_whenOpenedBySomebodyElse_thenItFails() throws IOException {
        try (var _ = open()) {
            assertThatThrownBy(this::open).isInstanceOf(LockObtainFailedException.class);
        }
    }

    @Test
    void givenLateAndRepeatedChanges_whenApplied_thenTheNewestStays() throws IOException {
        var id = Ids.next();
        var first = called("First").withId(id).make();
        var second = called("Second").withId(id).make();
        try (var index = open()) {
            index.apply(List.of(change(second, 1, 2), change(first, 1, 1)), Map.of()); // in one batch
            index.refresh();
            index.apply(List.of(change(first, 1, 1)), Map.of()); // after a refresh
            assertThat(index.needsRefresh()).isFalse();
            index.apply(List.of(new IndexChange(Shelf.TENANT, id, new Order(1, 3), null)), Map.of());
            index.refresh();
            index.apply(List.of(change(second, 1, 2)), Map.of()); // after its deletion
            index.refresh();
            assertThat(found(index)).isZero();
            index.apply(List.of(change(first, 2, 1)), Map.of()); // a restored database counts anew
            index.refresh();
            assertThat(found(index)).isEqualTo(1);
        }
    }

    @Test
    void givenChanges_whenRefreshed_thenTheVersionMovesAndElseItStays() throws IOException {
        try (var index = open()) {
            var empty = index.version();
            index.apply(List.of(change(product("Milk"), 1, 1)), Map.of());
            assertThat(index.version()).isEqualTo(empty);
            index.refresh();
            var one = index.version();
            index.commit();
            index.refresh();
            assertThat(one).isNotEqualTo(empty);
            assertThat(index.version().change()).isGreaterThanOrEqualTo(one.change());
        }
    }

    @Test
    void givenATooLongWordOrCode_whenApplied_thenTheRestIsFound() throws IOException {
        try (var shelf = new Shelf(folder)) {
            shelf.with(called("Milk " + "x".repeat(40_000))
                    .describedAs("word ".repeat(20_000))
                    .ofType("t".repeat(40_000))
                    .ofBrand(Ids.next(), "b".repeat(40_000))
                    .with("n".repeat(40_000), "v".repeat(40_000))
                    .withVariant("s".repeat(40_000))
                    .make());

            assertThat(shelf.names("milk")).hasSize(1);
        }
    }
}
