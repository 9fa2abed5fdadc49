package io.souk.catalog.imports;

import io.souk.kit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LineChunksTest {
    private static List<Chunk> chunks(String text, int blockBytes) {
        var chunks = new ArrayList<Chunk>();
        var lines = new LineChunks(10, 100, 20, 3, 25);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += blockBytes) {
            chunks.addAll(lines.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + blockBytes))));
        }
        chunks.addAll(lines.end());
        return chunks;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void chunksHoldWholeLinesAndKnowTheirNumbers(int blockBytes) {
        var chunks = chunks("a\nbb\nccc\ndddddddddd\neeeeeeeeee\nff\ng", blockBytes);

        assertThat(chunks)
                .extracting(chunk -> new String(chunk.bytes(), StandardCharsets.UTF_8))
                .containsExactly("a\nbb\nccc\n", "dddddddddd\neeeeeeeeee\nff\n", "g");
        assertThat(chunks).extracting(Chunk::firstLine).containsExactly(1L, 4L, 7L);
        assertThat(chunks).extracting(Chunk::lastLine).containsExactly(3L, 6L, 7L);
    }

    @Test
    void nothingMakesNoChunk() {
        assertThat(chunks("", 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void aLineMayBeAsLongAsTheBoundAndNoLonger(int blockBytes) {
        assertThat(chunks("1234567890\n1234567890", blockBytes)).hasSize(1);
        assertThatThrownBy(() -> chunks("1\n12345678901\n", blockBytes))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Line 2");
        assertThatThrownBy(() -> chunks("1\n12345678901", blockBytes)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void linesAreCountedHoweverShort(int blockBytes) {
        assertThat(chunks("\n".repeat(20), blockBytes)).hasSize(7);
        assertThat(chunks("\n".repeat(19) + "x", blockBytes)).hasSize(7);
        assertThatThrownBy(() -> chunks("\n".repeat(21), blockBytes))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("more than 20 lines");
        assertThatThrownBy(() -> chunks("\n".repeat(20) + "x", blockBytes)).isInstanceOf(Problem.class);
    }

    @Test
    void theFileHasABoundToo() {
        assertThat(chunks("123456789\n".repeat(10), 7)).isNotEmpty();
        assertThatThrownBy(() -> chunks("123456789\n".repeat(10) + "1", 7))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("larger than 100 bytes");
    }
}
