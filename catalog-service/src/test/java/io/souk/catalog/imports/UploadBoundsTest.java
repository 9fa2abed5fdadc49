package io.souk.catalog.imports;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.souk.catalog.CatalogServiceTest;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Uploads that would fill a memory or a table. */
@QuarkusTest
class UploadBoundsTest extends CatalogServiceTest {
    private static final long TWO_GIGABYTES = 2_000_000_000L;

    /**
     * The first line's bound, what lies in socket buffers on both sides, and what is thrown away until we hang up: far less than
     * the whole, on a fast machine still much.
     */
    private static final long TAKEN_AT_MOST = 1L << 30;

    /** What one upload may leave in the heap, once all that nobody holds is collected. */
    private static final long KEPT_AT_MOST = 32 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2000000000", "Transfer-Encoding: chunked"})
    void aLineOfTwoGigabytesIsRefusedBeforeItIsRead(String framing) {
        var piece = "x".repeat(1 << 16);
        var frame = framing.startsWith("Transfer") ? "10000\r\n" + piece + "\r\n" : piece;

        var before = usedHeap();
        var upload = eventually( // who is slow to read the answer may see but that the service has hung up
                Duration.ofMinutes(1),
                () -> upload(framing, frame),
                it -> it.answer().startsWith("HTTP/1.1 413 "));

        assertThat(upload.sent()).isLessThan(TAKEN_AT_MOST);
        assertKeptLittleSince(before);
        shop.as("admin").get("/v1/imports").then().body("items", equalTo(List.of()));
    }

    /** The status line, and how many bytes were written until it came. */
    private record Upload(String answer, long sent) {}

    /** Frames are written until the service hangs up. */
    private Upload upload(String framing, String frame) {
        var sent = new AtomicLong();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            var out = socket.getOutputStream();
            out.write(("POST /v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                            + "Authorization: Bearer " + Tokens.of(shop.tenant(), "admin") + "\r\n" + framing
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var bytes = frame.getBytes(StandardCharsets.US_ASCII);
            Thread.ofVirtual().start(() -> {
                try {
                    while (sent.addAndGet(bytes.length) < TWO_GIGABYTES) {
                        out.write(bytes);
                    }
                } catch (IOException _) {
                    // The service has hung up, which is what we wait for.
                }
            });
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return new Upload(String.valueOf(answer.readLine()), sent.get());
        } catch (IOException hungUp) {
            return new Upload(hungUp.toString(), sent.get());
        }
    }

    @Test
    void aGzipBombIsRefused() {
        var before = usedHeap();

        refused(bomb((byte) 0, 64 << 20));
        refused(bomb((byte) '{', 64 << 20));

        assertKeptLittleSince(before);

        shop.as("admin").get("/v1/imports").then().body("items", equalTo(List.of()));
    }

    /** In the end: others' garbage may be held for a moment. */
    private static void assertKeptLittleSince(long before) {
        eventually(() -> assertThat(usedHeap() - before).isLessThan(KEPT_AT_MOST));
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void refused(byte[] bomb) {
        assertThat(bomb.length).isLessThan(100_000);
        shop.as("admin")
                .contentType("application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .body(bomb)
                .post("/v1/imports")
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    private static byte[] bomb(byte filler, int bytes) {
        var block = new byte[1 << 16];
        Arrays.fill(block, filler);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int written = 0; written < bytes; written += block.length) {
                gzip.write(block);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return packed.toByteArray();
    }
}
