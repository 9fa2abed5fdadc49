package io.souk.kit.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

@ApplicationScoped
class JobRepository {
    private static final String COLUMNS =
            " tenant, id, kind, state, input, position, total, counts, attempts, starts, created_at, started_at, finished_at, failure ";

    private static final String INSERT = """
            insert into job (tenant, id, kind, state, input, total)
            values ($1, $2, $3, 'QUEUED', $4, $5)
            returning""" + COLUMNS;

    private static final String FIND = "select" + COLUMNS + """
              from job
             where tenant = $1
               and id = $2
            """;

    private static final String LIST = "select" + COLUMNS + """
              from job
             where tenant = $1
               and kind = $2
               and id < $3
             order by id desc
             limit $4
            """;

    /**
     * Takes the open job that was served longest ago, of those that nobody runs, and counts that its next step begins. $1 the
     * run, $2 lease in milliseconds, $3 kinds.
     */
    private static final String CLAIM = """
            update job
               set state       = 'RUNNING',
                   lease_owner = $1,
                   lease_until = now() + $2 * interval '1 millisecond',
                   started_at  = coalesce(started_at, now()),
                   served_at   = clock_timestamp(),
                   starts      = starts + 1
             where (tenant, id) = (
                   select tenant, id
                     from job as candidate
                    where state in ('QUEUED', 'RUNNING')
                      and kind = any ($3)
                      and not_before <= now()
                      and (lease_until is null or lease_until < now())
                      and not exists (
                          select from job as other
                           where other.tenant = candidate.tenant
                             and other.kind = candidate.kind
                             and other.id <> candidate.id
                             and other.state = 'RUNNING')
                    order by served_at nulls first, created_at, id
                    limit 1
                      for update skip locked)
            returning""" + COLUMNS;

    /** The fence of a step: only the run that holds the lease finds the row, and nobody else can claim it meanwhile. */
    private static final String LOCK = "select" + COLUMNS + """
              from job
             where tenant = $1
               and id = $2
               and lease_owner = $3
               and state = 'RUNNING'
               for update
            """;

    /** The run goes on with the next step, of which this is the first start. */
    private static final String ADVANCE = """
            update job
               set position    = $3,
                   counts      = $4,
                   attempts    = 0,
                   starts      = 1,
                   lease_until = now() + $5 * interval '1 millisecond'
             where tenant = $1
               and id = $2
            """;

    /** The run ends, and no failure has made it end. */
    private static final String DEFER = """
            update job
               set position    = $3,
                   counts      = $4,
                   attempts    = 0,
                   starts      = 0,
                   lease_owner = null,
                   lease_until = null,
                   not_before  = now() + $5 * interval '1 millisecond'
             where tenant = $1
               and id = $2
            """;

    private static final String SUCCEED = """
            update job
               set state       = 'SUCCEEDED',
                   position    = $3,
                   counts      = $4,
                   attempts    = 0,
                   lease_owner = null,
                   lease_until = null,
                   finished_at = now()
             where tenant = $1
               and id = $2
            """;

    /** Between two steps: the next one has not begun. */
    private static final String RELEASE = """
            update job
               set lease_owner = null,
                   lease_until = null,
                   starts      = 0
             where tenant = $1
               and id = $2
               and lease_owner = $3
            """;

    /** After a step that failed in order, which is what attempts count. */
    private static final String PAUSE = """
            update job
               set lease_owner = null,
                   lease_until = null,
                   attempts    = attempts + 1,
                   starts      = 0,
                   not_before  = now() + $4 * interval '1 millisecond'
             where tenant = $1
               and id = $2
               and lease_owner = $3
            """;

    private static final String FAIL = """
            update job
               set state       = 'FAILED',
                   lease_owner = null,
                   lease_until = null,
                   finished_at = now(),
                   failure     = $4
             where tenant = $1
               and id = $2
               and lease_owner = $3
            """;

    /** Jobs that ended long ago, the oldest first, and nobody else's while they are removed. $1 milliseconds, $2 rows. */
    static final String EXPIRED = "select" + COLUMNS + """
              from job
             where finished_at < now() - $1 * interval '1 millisecond'
             order by finished_at
             limit $2
               for update skip locked
            """;

    private static final String DELETE = """
            delete from job
             where tenant = $1
               and id = $2
            """;

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final ObjectMapper json;

    JobRepository(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A job that is run.
     *
     * @param attempts failures in a row
     * @param starts of the step at its position, this one included, since one of them ended: more than one, and the run before
     *     was cut off
     */
    record Claimed(Job job, int attempts, int starts) {}

    Uni<Job> insert(Tx tx, UUID id, String kind, JsonNode input, @Nullable Long total) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), id, kind, write(input), total))
                .map(rows -> job(rows.iterator().next()));
    }

    Uni<@Nullable Job> find(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.size() == 0 ? null : job(rows.iterator().next()));
    }

    /** Those before an id, newest first, at most {@code rows}. */
    Uni<List<Job>> list(Tx tx, String kind, UUID before, int rows) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), kind, before, rows))
                .map(this::jobs);
    }

    Uni<@Nullable Claimed> claim(SqlConnection worker, UUID run, Duration lease, Set<String> kinds) {
        return worker.preparedQuery(CLAIM)
                .execute(Tuple.of(run, lease.toMillis(), kinds.toArray(String[]::new)))
                .map(rows -> rows.size() == 0 ? null : claimed(rows.iterator().next()));
    }

    /** Null when the lease belongs to another run by now, or the job has ended. */
    Uni<@Nullable Claimed> lock(Tx tx, UUID id, UUID run) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), id, run))
                .map(rows -> rows.size() == 0 ? null : claimed(rows.iterator().next()));
    }

    Uni<Void> advance(Tx tx, UUID id, long position, Map<String, Long> counts, Duration lease) {
        return tx.sql()
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(tx.tenant().value(), id, position, write(counts), lease.toMillis()))
                .replaceWithVoid();
    }

    Uni<Void> defer(Tx tx, UUID id, long position, Map<String, Long> counts, Duration pause) {
        return tx.sql()
                .preparedQuery(DEFER)
                .execute(Tuple.of(tx.tenant().value(), id, position, write(counts), pause.toMillis()))
                .replaceWithVoid();
    }

    Uni<Void> succeed(Tx tx, UUID id, long position, Map<String, Long> counts) {
        return tx.sql()
                .preparedQuery(SUCCEED)
                .execute(Tuple.of(tx.tenant().value(), id, position, write(counts)))
                .replaceWithVoid();
    }

    Uni<Void> release(SqlConnection worker, TenantId tenant, UUID id, UUID run) {
        return worker.preparedQuery(RELEASE)
                .execute(Tuple.of(tenant.value(), id, run))
                .replaceWithVoid();
    }

    Uni<Void> pause(SqlConnection worker, TenantId tenant, UUID id, UUID run, Duration pause) {
        return worker.preparedQuery(PAUSE)
                .execute(Tuple.of(tenant.value(), id, run, pause.toMillis()))
                .replaceWithVoid();
    }

    Uni<Void> fail(SqlConnection worker, TenantId tenant, UUID id, UUID run, String reason) {
        return worker.preparedQuery(FAIL)
                .execute(Tuple.of(tenant.value(), id, run, reason))
                .replaceWithVoid();
    }

    /** Locked for the transaction. */
    Uni<List<Job>> takeExpired(SqlConnection worker, Duration retention, int rows) {
        return worker.preparedQuery(EXPIRED)
                .execute(Tuple.of(retention.toMillis(), rows))
                .map(this::jobs);
    }

    Uni<Void> delete(SqlConnection worker, Job job) {
        return worker.preparedQuery(DELETE)
                .execute(Tuple.of(job.tenant().value(), job.id()))
                .replaceWithVoid();
    }

    private List<Job> jobs(RowSet<Row> rows) {
        var jobs = new ArrayList<Job>(rows.size());
        for (var row : rows) {
            jobs.add(job(row));
        }
        return jobs;
    }

    private Claimed claimed(Row row) {
        return new Claimed(job(row), row.getInteger("attempts"), row.getInteger("starts"));
    }

    private Job job(Row row) {
        try {
            return new Job(
                    row.getUUID("id"),
                    new TenantId(row.getString("tenant")),
                    row.getString("kind"),
                    JobState.valueOf(row.getString("state")),
                    json.readTree(row.getString("input")),
                    row.getLong("position"),
                    row.getLong("total"),
                    json.readValue(row.getString("counts"), COUNTS),
                    row.getOffsetDateTime("created_at").toInstant(),
                    instant(row.getOffsetDateTime("started_at")),
                    instant(row.getOffsetDateTime("finished_at")),
                    row.getString("failure"));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a stored job cannot be read", unreadable);
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("a job cannot be written", unwritable);
        }
    }
}
