package io.souk.orders.peer;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Another service answered, and said no: asking again at once would not help. */
public final class PeerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Longer than this nobody is sent away by what another service says. */
    private static final int MOST_SECONDS = 60;

    private final int status;
    private final Duration retryAfter;

    /** Without a cause: whoever answers for it must not take the other service's answer for its own. */
    private PeerRefusal(int status, Duration retryAfter) {
        super("another service answered " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** What another service answers; fails with a refusal for a 4xx, and where an answer has no body. */
    public static <T> Uni<T> answer(Uni<T> asked) {
        return asked.onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("the answer is empty"))
                .onFailure(PeerRefusal::isRefusal)
                .transform(PeerRefusal::of);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() >= 400
                && answer.getResponse().getStatus() < 500;
    }

    private static PeerRefusal of(Throwable failure) {
        var response = ((WebApplicationException) failure).getResponse();
        return new PeerRefusal(response.getStatus(), seconds(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
    }

    public int status() {
        return status;
    }

    /** What it said, 1 to 60 s; a second when it said nothing that can be used. */
    Duration retryAfter() {
        return retryAfter;
    }

    private static Duration seconds(@Nullable String header) {
        boolean digits = header != null && header.matches("[0-9]{1,4}");
        return Duration.ofSeconds(digits ? Math.clamp(Long.parseLong(header), 1, MOST_SECONDS) : 1);
    }
}
