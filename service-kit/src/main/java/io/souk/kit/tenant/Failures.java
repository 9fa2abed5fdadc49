package io.souk.kit.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.souk.kit.redis.RedisError;
import io.souk.kit.redis.RedisUnavailable;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells what may pass (a dependency away, slow, busy or switching over) from what will fail again the same way. */
public final class Failures {
    private static final int MAX_CAUSES = 16;

    /**
     * PostgreSQL's classes (appendix A of its manual): 08 connection, 40 rollback by deadlock or serialisation, 53
     * resources, 57 operator (shutdown, cancelled by a timeout), 58 system.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Read-only after a failover, idle or whole transaction timed out, lock not available. */
    private static final Set<String> PASSING_STATES = Set.of("25006", "25P03", "25P04", "55P03");

    /** Redis while it starts, fails over, reshards or runs a long script. */
    private static final Set<String> PASSING_REDIS =
            Set.of("LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "NOREPLICAS", "OOM");

    private Failures() {}

    /** Whether the same work may succeed later without anybody changing it or the data. */
    public static boolean isTransient(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (passes(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case TransactionFailure _ -> true;
            case PgException error -> passes(error.getSqlState());
            case RedisError error -> PASSING_REDIS.stream().anyMatch(error::is);
            case RedisUnavailable _ -> true;
            case JsonProcessingException _ -> false; // an IOException, but the text will not get better
            case IOException _ -> true;
            case TimeoutException _ -> true;
            case io.smallrye.mutiny.TimeoutException _ -> true;
            case RetriableException _ -> true;
            case ConnectionPoolTooBusyException _ -> true;
            // The SQL client tells of a lost connection only by these and a text.
            case VertxException _, NoStackTraceThrowable _ -> speaksOfConnection(failure.getMessage());
            default -> false;
        };
    }

    private static boolean passes(@Nullable String sqlState) {
        return sqlState != null
                && sqlState.length() == 5
                && (PASSING_STATES.contains(sqlState) || PASSING_CLASSES.contains(sqlState.substring(0, 2)));
    }

    private static boolean speaksOfConnection(@Nullable String message) {
        if (message == null) {
            return false;
        }
        var text = message.toLowerCase(Locale.ROOT);
        return text.contains("connection") || text.contains("timeout") || text.contains("closed");
    }
}
