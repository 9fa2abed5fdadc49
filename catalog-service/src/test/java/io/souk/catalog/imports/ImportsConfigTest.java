package io.souk.catalog.imports;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ImportsConfigTest {
    private static ImportsConfig with(Map<String, String> properties) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ImportsConfig.class);
        properties.forEach((name, value) -> builder.withDefaultValue("souk.imports." + name, value));
        return builder.build().getConfigMapping(ImportsConfig.class);
    }

    @Test
    void theDefaultsHoldWhatTheirCommentsSay() {
        var config = with(Map.of());

        assertThat(config.maxLineSize().asLongValue()).isEqualTo(1L << 20);
        assertThat(config.maxFileSize().asLongValue()).isEqualTo(2L << 30);
        assertThat(config.maxLines()).isEqualTo(2_000_000);
        assertThat(config.chunkRows()).isEqualTo(500);
        assertThat(config.chunkSize().asLongValue()).isEqualTo(1L << 20);
        assertThat(config.abandonedAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(config.maxBacklog()).isEqualTo(5_000);
        assertThat(config.backlogPause()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void everyPropertyCanBeSet() {
        var config = with(Map.of(
                "max-line-size", "2K",
                "max-file-size", "3K",
                "max-lines", "4",
                "chunk-rows", "5",
                "chunk-size", "6K",
                "abandoned-after", "7m",
                "max-backlog", "8",
                "backlog-pause", "9s"));

        assertThat(config.maxLineSize().asLongValue()).isEqualTo(2_048);
        assertThat(config.maxFileSize().asLongValue()).isEqualTo(3_072);
        assertThat(config.maxLines()).isEqualTo(4);
        assertThat(config.chunkRows()).isEqualTo(5);
        assertThat(config.chunkSize().asLongValue()).isEqualTo(6_144);
        assertThat(config.abandonedAfter()).isEqualTo(Duration.ofMinutes(7));
        assertThat(config.maxBacklog()).isEqualTo(8);
        assertThat(config.backlogPause()).isEqualTo(Duration.ofSeconds(9));
    }
}
