package io.souk.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.cli.Http;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The import API of the catalogue: a file goes up as a stream, then its job is followed to its end. */
final class ImportClient {
    private static final Duration UPLOAD = Duration.ofMinutes(30);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PAGE = 200;

    private final Http http;
    private final URI gateway;
    private final String token;
    private final Duration patience;

    /** @param patience with a stack that does not answer while an import is followed */
    ImportClient(Http http, URI gateway, String token, Duration patience) {
        this.http = http;
        this.gateway = gateway;
        this.token = token;
        this.patience = patience;
    }

    /**
     * How far an import is.
     *
     * @param counts by outcome
     */
    record Progress(
            String id,
            String state,
            long done,
            @Nullable Long total,
            Map<String, Long> counts,
            @Nullable String failure) {
        boolean isOver() {
            return state.equals("SUCCEEDED") || state.equals("FAILED");
        }
    }

    /** A row that was not taken. */
    record Rejected(long line, String reason) {}

    /**
     * Sends the file as it is, compressed if it is.
     *
     * @param sent is told how many bytes have gone so far
     */
    Progress send(Path file, @Nullable String mapping, LongConsumer sent) {
        var query = mapping == null ? "" : "?mapping=" + URLEncoder.encode(mapping, StandardCharsets.UTF_8);
        try {
            var body = BodyPublishers.ofInputStream(() -> open(file, sent));
            var request = request("/v1/imports" + query)
                    .timeout(UPLOAD)
                    .header("content-type", "application/x-ndjson")
                    .POST(BodyPublishers.fromPublisher(body, Files.size(file)));
            if (isGzip(file)) {
                request.header("content-encoding", "gzip");
            }
            var reply = http.send(request);
            if (reply.status() != 202 && reply.status() != 201 && reply.status() != 200) {
                throw new StackException("The import was refused: %s.".formatted(reply.reason()));
            }
            return progress(reply.json());
        } catch (IOException e) {
            throw new StackException("The file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** How far it is; a stack that is away for a moment is waited for. */
    Progress find(String id) {
        var request = request("/v1/imports/" + id).timeout(ANSWER).GET();
        try {
            var reply = http.ask(request, patience);
            if (reply.status() != 200) {
                throw new StackException(reply.reason() + ".");
            }
            return progress(reply.json());
        } catch (StackException e) {
            throw new StackException(
                    "The import %s cannot be followed any more; it may go on, and GET %s says how far it is: %s"
                            .formatted(id, gateway.resolve("/v1/imports/" + id), e.getMessage()),
                    e);
        }
    }

    /** The first rejected rows, in the order of the file. */
    List<Rejected> rejected(String id, int most) {
        var rows = new ArrayList<Rejected>();
        var page = "/v1/imports/%s/records?outcome=REJECTED&limit=%d".formatted(id, Math.min(most, PAGE));
        String cursor = "";
        while (rows.size() < most && cursor != null) {
            var reply = http.ask(request(page + cursor).timeout(ANSWER).GET(), patience);
            if (reply.status() != 200) {
                throw new StackException("The rejected rows cannot be listed: %s.".formatted(reply.reason()));
            }
            for (var item : reply.json().path("items")) {
                rows.add(new Rejected(item.path("line").asLong(), reason(item)));
            }
            var next = reply.json().path("next").asText(null);
            cursor = next == null ? null : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
        return rows.subList(0, Math.min(most, rows.size()));
    }

    private static String reason(JsonNode record) {
        var errors = new ArrayList<String>();
        for (var error : record.path("reasons")) {
            var pointer = error.path("pointer").asText("");
            errors.add((pointer.isEmpty() ? "" : pointer + " ")
                    + error.path("detail").asText());
        }
        return String.join("; ", errors);
    }

    private static Progress progress(JsonNode job) {
        var counts = new LinkedHashMap<String, Long>();
        job.path("counts").forEachEntry((name, count) -> counts.put(name, count.asLong()));
        var lines = job.path("lines");
        return new Progress(
                job.path("id").asText(),
                job.path("state").asText(),
                job.path("done").asLong(),
                lines.isNumber() ? lines.asLong() : null,
                counts,
                job.path("failure").asText(null));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).header("authorization", "Bearer " + token);
    }

    static boolean isGzip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static InputStream open(Path file, LongConsumer sent) {
        try {
            return new Counted(Files.newInputStream(file), sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counted extends FilterInputStream {
        private final LongConsumer sent;
        private long count;

        Counted(InputStream in, LongConsumer sent) {
            super(in);
            this.sent = sent;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            told(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            told(read);
            return read;
        }

        private void told(int bytes) {
            if (bytes > 0) {
                count += bytes;
                sent.accept(count);
            }
        }
    }
}
