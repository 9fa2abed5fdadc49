package io.souk.catalog.imports;

import io.souk.kit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class GunzipTest {
    static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] gunzip(byte[] packed, int pieceBytes) {
        var plain = new ByteArrayOutputStream();
        try (var gunzip = new Gunzip()) {
            for (int from = 0; from < packed.length; from += pieceBytes) {
                gunzip.feed(Arrays.copyOfRange(packed, from, Math.min(packed.length, from + pieceBytes)));
                for (var block = gunzip.next(); block != null; block = gunzip.next()) {
                    plain.writeBytes(block);
                }
            }
            gunzip.end();
        }
        return plain.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 1_000_000})
    void piecesOfAnySizeMakeTheSameText(int pieceBytes) {
        var text = "Grüße, 👟\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);

        assertThat(gunzip(gzip(text), pieceBytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000})
    void membersInARowAreOneFile(int pieceBytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(gzip("one\n".getBytes(StandardCharsets.UTF_8)));
        out.writeBytes(gzip(new byte[0]));
        out.writeBytes(gzip("two\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(gunzip(out.toByteArray(), pieceBytes))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("one\ntwo\n");
    }

    /** 200,000 members in a piece: copying what is left of it for each would be some 400 GB. */
    @Test
    void aPieceOfVeryManyMembersIsReadOnce() {
        var member = gzip(new byte[0]);
        var piece = new byte[200_000 * member.length];
        for (int from = 0; from < piece.length; from += member.length) {
            System.arraycopy(member, 0, piece, from, member.length);
        }

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> gunzip(piece, piece.length)))
                .isEmpty();
    }

    /** Extra field, name, comment and checksum, wherever the pieces are cut. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 13, 1_000})
    void aHeaderWithEverythingIsRead(int pieceBytes) {
        var plain = gzip("x".getBytes(StandardCharsets.UTF_8));
        var full = new ByteArrayOutputStream();
        full.write(plain, 0, 3);
        full.write(2 + 4 + 8 + 16);
        full.write(plain, 4, 6);
        full.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
        full.writeBytes("name\0comment\0".getBytes(StandardCharsets.ISO_8859_1));
        full.writeBytes(new byte[] {0x12, 0x34});
        full.write(plain, 10, plain.length - 10);

        assertThat(gunzip(full.toByteArray(), pieceBytes))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("x");
    }

    @Test
    void aHeaderWithANameIsRead() {
        var plain = gzip("x".getBytes(StandardCharsets.UTF_8));
        var named = new ByteArrayOutputStream();
        named.write(plain, 0, 3);
        named.write(8);
        named.write(plain, 4, 6);
        named.writeBytes("file.jsonl\0".getBytes(StandardCharsets.ISO_8859_1));
        named.write(plain, 10, plain.length - 10);

        assertThat(gunzip(named.toByteArray(), 1))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("x");
    }

    @Test
    void blocksStaySmallHoweverMuchAPieceSwells() {
        var bomb = gzip(new byte[50_000_000]);
        long bytes = 0;
        try (var gunzip = new Gunzip()) {
            gunzip.feed(bomb);
            for (var block = gunzip.next(); block != null; block = gunzip.next()) {
                assertThat(block.length).isLessThanOrEqualTo(64 * 1024);
                bytes += block.length;
            }
        }

        assertThat(bytes).isEqualTo(50_000_000);
    }

    @Test
    void aFileThatEndsTooEarlyIsRefused() {
        var whole = gzip("some text that is long enough to be cut".getBytes(StandardCharsets.UTF_8));

        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> gunzip(cut, 1_000)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void damageIsNoticed() {
        var damaged = gzip("some text".getBytes(StandardCharsets.UTF_8));
        damaged[damaged.length - 6] ^= 1;

        assertThatThrownBy(() -> gunzip(damaged, 1_000)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> gunzip("{\"name\": 1}".getBytes(StandardCharsets.UTF_8), 1_000))
                .isInstanceOf(Problem.class);
    }
}
