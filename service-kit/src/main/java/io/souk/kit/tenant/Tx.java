package io.souk.kit.tenant;

import io.vertx.mutiny.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One transaction of one tenant on one connection; only {@link Transactions} makes one. Used by one statement after the
 * other, so not thread-safe; worthless once its transaction has ended.
 */
public final class Tx {
    private final TenantId tenant;
    private final SqlConnection sql;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Map<Class<?>, Object> kept = new HashMap<>();

    private final Map<Class<?>, Object> noted;
    private final LongSupplier beganMicros;

    /**
     * @param noted what {@link TxNote}s said before it began
     * @param beganMicros its {@code now()}; 0 while that is not known
     */
    Tx(TenantId tenant, SqlConnection sql, Map<Class<?>, Object> noted, LongSupplier beganMicros) {
        this.tenant = tenant;
        this.sql = sql;
        this.noted = noted;
        this.beganMicros = beganMicros;
    }

    public TenantId tenant() {
        return tenant;
    }

    /** The connection. Chain statements, never begin, commit or close here. */
    public SqlConnection sql() {
        return sql;
    }

    /**
     * {@code now()} of this transaction, in microseconds since 1970 by the database's clock: it precedes every snapshot and
     * every lock of the transaction. Known from the first answer to a statement on.
     */
    public long beganMicros() {
        long micros = beganMicros.getAsLong();
        if (micros == 0) {
            throw new IllegalStateException("no statement of this transaction has been answered yet");
        }
        return micros;
    }

    /** What a {@link TxNote} of that type said before the transaction began; null when none did. */
    public <T> @Nullable T noted(Class<T> type) {
        return type.cast(noted.get(type));
    }

    /**
     * Runs the action once the commit is known to have happened: never after a rollback, nor when the outcome is unknown.
     * Actions run in the order of their registration and must not block; what one throws is logged and stops no other.
     */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** What belongs to this transaction under that type; made when first asked for, gone with the transaction. */
    public <T> T kept(Class<T> type, Supplier<T> first) {
        return type.cast(kept.computeIfAbsent(type, _ -> first.get()));
    }

    List<Runnable> actionsAfterCommit() {
        return afterCommit;
    }
}
