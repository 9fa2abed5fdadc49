package io.souk.chaos.workload;

import io.souk.chaos.evidence.Lines;
import io.souk.chaos.workload.Backlog.Sale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {
    private final Backlog backlog = new Backlog();

    @TempDir
    Path folder;

    @Test
    void givenSales_whenTaken_thenTheFirstComesFirstAndNoneIsLeft() {
        try (var history = Lines.writing(folder.resolve("history.jsonl"))) {
            var client = new Client("somebody", "amber", "token", false, Set.of("amber"), history);
            for (int i = 1; i <= 61; i++) { // one more than there is room for
                backlog.add(new Sale(client, "order " + i, false));
            }
        }

        var orders = Stream.generate(backlog::next)
                .takeWhile(Objects::nonNull)
                .map(Sale::order)
                .toList();

        assertThat(orders).hasSize(60).startsWith("order 2", "order 3").endsWith("order 61");
    }
}
