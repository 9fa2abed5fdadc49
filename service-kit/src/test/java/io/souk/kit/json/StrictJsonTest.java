package io.souk.kit.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class StrictJsonTest {
    @Test
    void textIsWrittenAsItselfAndHalfACharacterAsItsEscape() throws JsonProcessingException {
        var mapper = StrictJson.mapper();

        assertThat(mapper.writeValueAsBytes("👟 שלום")).isEqualTo("\"👟 שלום\"".getBytes(StandardCharsets.UTF_8));
        assertThat(mapper.writeValueAsString("\ud83d")).hasSize(3);
        assertThat(new String(mapper.writeValueAsBytes("\ud83d"), StandardCharsets.UTF_8))
                .isEqualTo("\"\\uD83D\"");
    }
}
