package io.souk.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.kit.id.Ids;
import io.souk.kit.trace.Traces;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the one error body, and logs a failure where it is answered: here, once. */
@Singleton
public class ProblemWriter {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(ProblemWriter.class);

    /** With a dependency away every request fails alike: one line a second tells as much. */
    private static final long UNAVAILABLE_LOG_NANOS = 1_000_000_000L;

    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 20;

    private final ObjectMapper json;
    private final AtomicLong unavailableLoggedAt = new AtomicLong(System.nanoTime() - UNAVAILABLE_LOG_NANOS);

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    record Answer(int status, Map<String, String> headers, Buffer body) {}

    /** The answer to a failed request; logs what is our own fault. */
    Answer answer(Throwable failure, Problem problem, String method, String path) {
        var body = body(problem, path);
        if (problem.status() == 500) {
            @Nullable String traced = Traces.currentTraceId();
            var traceId = traced == null ? Ids.next().toString() : traced;
            LOG.errorf(failure, "%s %s failed, trace id %s", method, path, traceId);
            body.put("traceId", traceId);
        } else if (problem.status() > 500 && mayLog()) {
            LOG.warnf("%s %s: %s (%s)", method, path, problem.detail(), rootOf(failure));
        }
        return new Answer(problem.status(), headers(problem, failure), bytes(body));
    }

    private boolean mayLog() {
        var now = System.nanoTime();
        var last = unavailableLoggedAt.get();
        return now - last >= UNAVAILABLE_LOG_NANOS && unavailableLoggedAt.compareAndSet(last, now);
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < MAX_CAUSES; depth++) {
            @Nullable Throwable cause = root.getCause();
            if (cause == null) {
                break;
            }
            root = cause;
        }
        return root.toString();
    }

    private ObjectNode body(Problem problem, String path) {
        var code = problem.code();
        var body = json.createObjectNode()
                .put("type", code.type())
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", problem.detail())
                .put("instance", path);
        if (!problem.errors().isEmpty()) {
            var errors = body.putArray("errors");
            for (var error : problem.errors()) {
                var entry = errors.addObject();
                if (error.pointer() != null) {
                    entry.put("pointer", error.pointer());
                }
                if (error.parameter() != null) {
                    entry.put("parameter", error.parameter());
                }
                entry.put("detail", error.detail());
            }
        }
        problem.members().forEach((name, value) -> body.set(name, json.valueToTree(value)));
        return body;
    }

    private static Map<String, String> headers(Problem problem, Throwable failure) {
        var headers = new LinkedHashMap<String, String>();
        if (problem.retryAfter() != null) {
            headers.put(
                    "Retry-After",
                    Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
        if (problem.status() == 401) {
            var presented = failure instanceof io.quarkus.security.AuthenticationFailedException;
            headers.put(
                    "WWW-Authenticate",
                    presented ? "Bearer realm=\"souk\", error=\"invalid_token\"" : "Bearer realm=\"souk\"");
        }
        return headers;
    }

    private Buffer bytes(ObjectNode body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values can always be written", impossible);
        }
    }
}
