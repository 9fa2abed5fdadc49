package io.souk.search.index;

import io.souk.kit.id.Ids;
import io.souk.search.Catalogue;
import io.souk.search.SearchTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@SearchTest
class RebuildTest {
    @Inject
    IndexConfig config;

    private final Catalogue catalogue = new Catalogue();

    @Test
    void givenTheIndexIsDeletedUnderTheRunningService_whenEventsGoOn_thenItIsRebuiltFromTheLog() throws IOException {
        var names = IntStream.range(0, 20).mapToObj(i -> "Before " + i).toArray(String[]::new);
        for (var name : names) {
            catalogue.tellProduct(Ids.next(), 1, "PUBLISHED", name);
        }
        catalogue.awaitAll(names);
        var deleted = Ids.next();
        catalogue.tellProduct(deleted, 1, "PUBLISHED", "Deleted");
        eventually(() -> assertThat(catalogue.names("q", "deleted")).hasSize(1));
        catalogue.tellProductDeleted(deleted, 2);
        eventually(() -> assertThat(catalogue.names("q", "deleted")).isEmpty());

        try (var files = Files.list(config.indexDir())) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file); // the service, which goes on, may have been first
            }
        }
        catalogue.tellProduct(Ids.next(), 1, "PUBLISHED", "After");

        eventually(
                Duration.ofMinutes(2),
                () -> assertThat(catalogue
                                .asCustomer()
                                .queryParam("limit", 200)
                                .get("/v1/search")
                                .jsonPath()
                                .getList("items.name"))
                        .hasSize(21)
                        .contains("After")
                        .contains((Object[]) names));
        eventually(() -> assertThat(catalogue.names("q", "deleted")).isEmpty());
    }
}
