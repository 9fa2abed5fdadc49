package io.souk.kit.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REUSED;

@ApplicationScoped
class IdempotencyRepository {
    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock($1) as locked";

    private static final String FIND = """
            select request_hash, status, headers, body
              from idempotency_key
             where tenant = $1
               and operation = $2
               and key = $3
            """;

    private static final String STORE = """
            insert into idempotency_key (tenant, operation, key, request_hash, status, headers, body)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    /** As {@link #TRY_LOCK} for several: none waits, so their order is of no matter. */
    private static final String TRY_LOCK_ALL = """
            select wanted.number, pg_try_advisory_xact_lock(wanted.number) as locked
              from unnest($1::bigint[]) as wanted (number)
            """;

    private static final String FIND_ALL = """
            select key, request_hash, status, headers, body
              from idempotency_key
             where tenant = $1
               and operation = $2
               and key = any ($3)
            """;

    private static final String STORE_ALL = """
            insert into idempotency_key (tenant, operation, key, request_hash, status, headers, body)
            select $1, $2, key, request_hash, status, headers, body
              from unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::text[])
                   as answered (key, request_hash, status, headers, body)
            """;

    /** Rows that another replica is sweeping are passed over. $1 age in milliseconds, $2 rows. */
    private static final String SWEEP = """
            delete from idempotency_key
             where (tenant, operation, key) in (
                   select tenant, operation, key
                     from idempotency_key
                    where created_at < now() - $1 * interval '1 millisecond'
                    order by created_at
                    limit $2
                      for update skip locked)
            """;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final ObjectMapper json;

    IdempotencyRepository(ObjectMapper json) {
        this.json = json;
    }

    record Stored(String requestHash, Answer answer) {
        /** The answer once more; fails when it was given to a request that says something else. */
        Answer replay(String hash) {
            if (!requestHash.equals(hash)) {
                throw IDEMPOTENCY_KEY_REUSED
                        .because("This key was used for a request that says something else")
                        .parameter(IdempotencyKey.HEADER, "belongs to another request");
            }
            return answer.replayed();
        }
    }

    record Answered(IdempotencyKey key, String requestHash, Answer answer) {}

    /**
     * Answers at once whether this transaction is now the only one with that key; held until it ends. Inserting the row
     * first instead would make a duplicate wait for the outcome.
     */
    Uni<Boolean> tryLock(Tx tx, long lock) {
        return tx.sql()
                .preparedQuery(TRY_LOCK)
                .execute(Tuple.of(lock))
                .map(rows -> rows.iterator().next().getBoolean("locked"));
    }

    Uni<@Nullable Stored> find(Tx tx, String operation, IdempotencyKey key) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), operation, key.value()))
                .map(rows -> rows.size() == 0 ? null : stored(rows.iterator().next()));
    }

    Uni<Void> store(Tx tx, String operation, IdempotencyKey key, String requestHash, Answer answer) {
        var row = Tuple.of(tx.tenant().value(), operation, key.value(), requestHash)
                .addInteger(answer.status())
                .addString(write(answer.headers()))
                .addString(write(answer.body()));
        return tx.sql().preparedQuery(STORE).execute(row).replaceWithVoid();
    }

    /** Those of the locks that this transaction has now, as {@link #tryLock}. */
    Uni<Set<Long>> tryLockAll(Tx tx, Collection<Long> locks) {
        return tx.sql()
                .preparedQuery(TRY_LOCK_ALL)
                .execute(Tuple.tuple().addArrayOfLong(locks.toArray(Long[]::new)))
                .map(rows -> rows.stream()
                        .filter(row -> row.getBoolean("locked"))
                        .map(row -> row.getLong("number"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** What is stored, by key. */
    Uni<Map<String, Stored>> findAll(Tx tx, String operation, Collection<String> keys) {
        return tx.sql()
                .preparedQuery(FIND_ALL)
                .execute(Tuple.of(tx.tenant().value(), operation, keys.toArray(String[]::new)))
                .map(rows ->
                        rows.stream().collect(Collectors.toUnmodifiableMap(row -> row.getString("key"), this::stored)));
    }

    Uni<Void> storeAll(Tx tx, String operation, List<Answered> answered) {
        var rows = Tuple.tuple()
                .addString(tx.tenant().value())
                .addString(operation)
                .addArrayOfString(texts(answered, one -> one.key().value()))
                .addArrayOfString(texts(answered, Answered::requestHash))
                .addArrayOfInteger(
                        answered.stream().map(one -> one.answer().status()).toArray(Integer[]::new))
                .addArrayOfString(texts(answered, one -> write(one.answer().headers())))
                .addArrayOfString(texts(answered, one -> write(one.answer().body())));
        return tx.sql().preparedQuery(STORE_ALL).execute(rows).replaceWithVoid();
    }

    private static String[] texts(List<Answered> answered, Function<Answered, String> text) {
        return answered.stream().map(text).toArray(String[]::new);
    }

    /** How many were removed, at most {@code rows}. */
    Uni<Integer> sweep(SqlConnection worker, Duration age, int rows) {
        return worker.preparedQuery(SWEEP)
                .execute(Tuple.of(age.toMillis(), rows))
                .map(done -> done.rowCount());
    }

    private Stored stored(Row row) {
        try {
            var answer = new Answer(
                    row.getInteger("status"),
                    json.readValue(row.getString("headers"), HEADERS),
                    json.readTree(row.getString("body")));
            return new Stored(row.getString("request_hash"), answer);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a stored answer cannot be read", unreadable);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("an answer cannot be written", unwritable);
        }
    }
}
