package io.souk.search;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.souk.search.index.IndexConfig;
import io.souk.search.index.IndexDirectory;
import io.souk.search.query.QueryConfig;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigTest {
    private static <T> T read(Class<T> type, Map<String, String> values) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(type);
        values.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(type);
    }

    @Test
    void givenNothingButTheFolder_whenRead_thenDefaultsAreThese() {
        var index = read(IndexConfig.class, Map.of("souk.search.index-dir", "/tmp/x"));

        assertThat(index.indexDir()).isEqualTo(Path.of("/tmp/x"));
        assertThat(index.indexDirectory()).isEqualTo(IndexDirectory.NIO);
        assertThat(index.refreshInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(index.commitInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(index.catchUpPatience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(index.indexBufferMegabytes()).isEqualTo(32);
        assertThat(index.searchThreads()).isEqualTo(2);
        assertThat(index.searchQueue()).isEqualTo(128);
        assertThat(index.searchTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read(QueryConfig.class, Map.of()).keptEntries()).isEqualTo(20_000);
    }

    @Test
    void givenEveryProperty_whenRead_thenItIsTaken() {
        var index = read(
                IndexConfig.class,
                Map.of(
                        "souk.search.index-dir", "/tmp/y",
                        "souk.search.index-directory", "MMAP",
                        "souk.search.refresh-interval", "1s",
                        "souk.search.commit-interval", "2s",
                        "souk.search.catch-up-patience", "3s",
                        "souk.search.index-buffer-megabytes", "8",
                        "souk.search.search-threads", "3",
                        "souk.search.search-queue", "4",
                        "souk.search.search-timeout", "5s"));

        assertThat(index.indexDirectory()).isEqualTo(IndexDirectory.MMAP);
        assertThat(index.refreshInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(index.commitInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(index.catchUpPatience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(index.indexBufferMegabytes()).isEqualTo(8);
        assertThat(index.searchThreads()).isEqualTo(3);
        assertThat(index.searchQueue()).isEqualTo(4);
        assertThat(index.searchTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(read(QueryConfig.class, Map.of("souk.search.results.kept-entries", "1"))
                        .keptEntries())
                .isEqualTo(1);
    }
}
