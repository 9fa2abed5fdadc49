package io.souk.orders.price;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** The catalogue answered, and said no: asking again at once would not help. */
final class CatalogueRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Longer than this nobody is sent away by what another service says. */
    private static final int MOST_SECONDS = 60;

    private final int status;
    private final Duration retryAfter;

    /** Without a cause: whoever answers for it must not take the catalogue's answer for its own. */
    private CatalogueRefusal(int status, Duration retryAfter) {
        super("the catalogue answered " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() >= 400
                && answer.getResponse().getStatus() < 500;
    }

    static CatalogueRefusal of(Throwable failure) {
        var response = ((WebApplicationException) failure).getResponse();
        return new CatalogueRefusal(response.getStatus(), seconds(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
    }

    int status() {
        return status;
    }

    /** What the catalogue said, 1 to 60 s; a second when it said nothing that can be used. */
    Duration retryAfter() {
        return retryAfter;
    }

    private static Duration seconds(@Nullable String header) {
        boolean digits = header != null && header.matches("[0-9]{1,4}");
        return Duration.ofSeconds(digits ? Math.clamp(Long.parseLong(header), 1, MOST_SECONDS) : 1);
    }
}
